// Tables as CSV (RFC 4180) that a spreadsheet opens safely.

export type CsvValue = string | number | null | undefined

/** One cell. Text that a spreadsheet would run as a formula is kept text by an apostrophe (OWASP, CSV injection). */
function cell(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows of values as CSV text, lines ended by CR LF. */
export function toCsv(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')
}
