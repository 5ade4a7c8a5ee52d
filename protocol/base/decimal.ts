// Exact decimals: what `decimal` writes as a string, counted in whole ten-thousandths. No float ever becomes a grade.

const scale = 10_000n

/** A decimal string in ten-thousandths, exact. Throws on anything that is no decimal of at most four places. */
export function tenThousandths(decimal: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(decimal)
  if (!found) throw new Error(`No decimal: ${decimal}`)
  const [, sign, whole, part = ''] = found
  const value = BigInt(whole ?? '0') * scale + BigInt(part.padEnd(4, '0'))
  return sign === '-' ? -value : value
}

/** Ten-thousandths as a decimal string without needless zeros. */
export function decimalOf(value: bigint): string {
  const size = value < 0n ? -value : value
  const part = String(size % scale)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${size / scale}${part === '' ? '' : `.${part}`}`
}

/** A decimal of any size, exact: `digits` over ten to the power of `scale`. For values people measure, not for grades. */
export interface Exact {
  readonly digits: bigint
  readonly scale: number
}

const exactForm = /^(-?)(\d{1,50})(?:\.(\d{1,50}))?(?:e([+-]?\d{1,2}))?$/
const plainForm = /^-?\d{1,50}(\.\d{1,50})?$/
const mostExponent = 30

/** Reads a decimal with a point and, if need be, an exponent of at most 30; undefined for anything else or larger. */
export function exactOf(text: string): Exact | undefined {
  const [found, sign, whole = '0', part = '', power = '0'] = exactForm.exec(text) ?? []
  const exponent = Number(power)
  if (found === undefined || Math.abs(exponent) > mostExponent) return undefined
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${part}`)
  const scale = part.length - exponent
  const exact = scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale }
  return plainForm.test(plainOf(exact)) ? exact : undefined
}

/** The one spelling of a value: no exponent, no needless zeros, no minus before zero. */
export function plainOf({ digits, scale }: Exact): string {
  const size = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  const part = size.slice(size.length - scale).replace(/0+$/, '')
  return `${digits < 0n ? '-' : ''}${size.slice(0, size.length - scale)}${scale === 0 || part === '' ? '' : `.${part}`}`
}

/** Both over the same power of ten. */
const aligned = (a: Exact, b: Exact): [bigint, bigint] => {
  const scale = Math.max(a.scale, b.scale)
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale)]
}

/** Negative when `a` is the smaller, zero when they are equal. */
export function compareExact(a: Exact, b: Exact): number {
  const [left, right] = aligned(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

/** `a` plus `factor` times `b`. */
export function plusExact(a: Exact, b: Exact, factor: 1 | -1 = 1): Exact {
  const [left, right] = aligned(a, b)
  return { digits: left + BigInt(factor) * right, scale: Math.max(a.scale, b.scale) }
}

/** The size of a share of `value` in percent, without its sign. */
export function percentOf(value: Exact, percent: Exact): Exact {
  const digits = value.digits * percent.digits
  return { digits: digits < 0n ? -digits : digits, scale: value.scale + percent.scale + 2 }
}
