// Numbers as people type and read them, in the decimal sign of their language, to and from the exact decimals of the
// wire. Pure; never through a float.
import { locale } from '#client/platform/texts.ts'
import { exactOf, plainOf } from '#protocol/base/decimal.ts'

const signs = new Map<string, string>()

/** The sign before the decimals in a language. */
function decimalSignOf(language: string): string {
  const known = signs.get(language) ?? readSign(language)
  signs.set(language, known)
  return known
}

const readSign = (language: string): string =>
  new Intl.NumberFormat(language, { numberingSystem: 'latn' } as Intl.NumberFormatOptions)
    .formatToParts(1.5)
    .find(part => part.type === 'decimal')?.value ?? '.'

// Figures of other scripts stand for the same ten.
const figures = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g
const figureOf = (found: string): string => String((found.codePointAt(0) ?? 0) - zeroOf(found))
const zeroOf = (found: string): number => (found < '\u06f0' ? 0x660 : found < '\u0966' ? 0x6f0 : 0x966)

const isGrouped = (text: string, sign: ',' | '.'): boolean => new RegExp(`^-?\\d{1,3}(\\${sign}\\d{3})+$`).test(text)

/** The same with a point for decimals and no groups; undefined when its signs can't be understood. */
function plainSigns(text: string, decimalSign: string): string | undefined {
  const commas = text.split(',').length - 1
  const points = text.split('.').length - 1
  if (commas + points === 0) return text
  const last = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.'
  const other = last === ',' ? '.' : ','
  if (commas > 0 && points > 0) {
    // 1,234.5: the last sign is the decimal one, the others group.
    const [whole = '', part = '', more] = text.split(last)
    return more === undefined && isGrouped(whole, other) ? `${whole.replaceAll(other, '')}.${part}` : undefined
  }
  if (commas + points > 1 || (last !== decimalSign && isGrouped(text, last)))
    return isGrouped(text, last) ? text.replaceAll(last, '') : undefined
  return text.replace(last, '.')
}

/** No number people type is longer. */
const mostTyped = 160

/**
 * What was typed as the wire wants it; undefined when it is no number. Both the comma and the point are taken for the
 * decimal sign; where a text could be either, such as 1,234, the language decides. Spaces and apostrophes may group.
 */
export function readTyped(typed: string, language: string = locale): string | undefined {
  if (typed.length > mostTyped) return undefined
  const text = typed
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .replace(figures, figureOf)
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\u066b/g, decimalSignOf(language))
    .replace(/(?<=\d)[\s'\u2019_\u066c](?=\d{3}(\D|$))/g, '')
    .replace(/\s*(?:[x\u00d7*\u00b7]\s*10\s*\^?|e)\s*([+-]?\d{1,2})$/i, 'e$1')
  const [mantissa = '', power] = text.split('e')
  const plain = plainSigns(mantissa, decimalSignOf(language))
  if (plain === undefined || !/\d/.test(plain)) return undefined
  const whole = plain
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
  const exact = exactOf(power === undefined ? whole : `${whole}e${power}`)
  return exact && plainOf(exact)
}

/** A value of the wire as it stands in a field: with the language's decimal sign, without groups. */
export const typedOf = (value: string, language: string = locale): string => value.replace('.', decimalSignOf(language))

/** A value of the wire to be read: grouped, exact, and with a power of ten when it would not fit a line. */
export function shownNumber(value: string, language: string = locale): string {
  const told = value.replace(/^-?(0\.0*)?|\./g, '').replace(/0+$/, '').length
  if (value.length > 15 && told <= 15)
    return new Intl.NumberFormat(language, { notation: 'scientific', maximumSignificantDigits: 15 }).format(
      Number(value),
    )
  // The whole part by the language; what follows, figure by figure: no format keeps more than a float does.
  const [whole = '0', part] = value.split('.')
  const format = new Intl.NumberFormat(language)
  const sign = value.startsWith('-') && !/[1-9]/.test(whole) ? '-' : ''
  const shown = `${sign}${format.format(BigInt(whole))}`
  if (part === undefined) return shown
  const point = format.formatToParts(1.5).find(one => one.type === 'decimal')?.value ?? '.'
  const figure = new Intl.NumberFormat(language, { useGrouping: false })
  return `${shown}${point}${[...part].map(one => figure.format(Number(one))).join('')}`
}
