// Tables as CSV (RFC 4180) that a spreadsheet opens safely.
import { withoutSigns } from '#protocol/texts/text.ts'

export type CsvValue = string | number | null | undefined

/** One cell. Text that a spreadsheet would run as a formula is kept text by an apostrophe (OWASP, CSV injection). */
function cell(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  // Before anything else: behind a sign that nobody sees a formula would pass for text.
  const words = withoutSigns(value)
  const safe = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows of values as CSV text, lines ended by CR LF. */
export function toCsv(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')
}
