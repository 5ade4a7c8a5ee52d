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
