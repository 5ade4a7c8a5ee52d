// Tables as files for spreadsheets: the one way to write CSV on the server, and to read back what was written so.
import { type Info, parse } from 'csv-parse/sync'
import { Problem } from '#protocol/base/problems.ts'

/** One cell: quoted; a text that a spreadsheet would run as a formula is made plain text (OWASP, CSV injection). */
export function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return `"${plain.replaceAll('"', '""')}"`
}

/** The whole file (RFC 4180); the mark at its beginning tells spreadsheets that it is UTF-8. */
export const csvFile = (lines: readonly (readonly string[])[]): string =>
  `\ufeff${lines.map(line => `${line.map(csvCell).join(',')}\r\n`).join('')}`

/** A row of a list, the head being line 1. */
export interface CsvRow<K extends string> {
  readonly line: number
  readonly cells: Readonly<Record<K, string>>
}

/** What `csvCell` put before a text that would run is no part of it. */
const asWritten = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\n])/, '')

/** By what the head parts its columns: cells below may hold the others, such as names parted by semicolons. */
function delimiterOf(list: string): string {
  const [head = ''] = list.trimStart().split(/[\r\n]/, 1)
  const counts = [',', ';', '\t'].map(one => ({ one, count: head.split(one).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one
}

/**
 * Reads a list with a head: commas, semicolons or tabs. `columns` are the words, in small letters, by which a head may call
 * each, the surest first; what a row does not have is empty. Answers the rows and the columns of which nothing is made. Throws `malformed` for
 * what is no CSV, with the line, and for a head without one of `needed`; `too-large`.
 */
export function readCsv<K extends string>(
  list: string,
  columns: Readonly<Record<K, readonly string[]>>,
  { needed, most }: { readonly needed: readonly NoInfer<K>[]; readonly most: number },
): { rows: CsvRow<K>[]; unused: string[] } {
  const refused = (code: string, params: Record<string, unknown>) =>
    new Problem('malformed', { errors: [{ path: 'list', code, params }] })
  let records: { record: string[]; info: Info }[]
  try {
    records = parse(list, {
      bom: true,
      delimiter: delimiterOf(list),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: most + 2,
    }) as unknown as { record: string[]; info: Info }[]
  } catch (error) {
    throw refused('not_csv', { line: (error as { lines?: number }).lines ?? 0 })
  }
  const head = (records.shift()?.record ?? []).map(cell => cell.toLowerCase())
  const keys = Object.keys(columns) as K[]
  const at = new Map(
    keys.map(key => [key, columns[key].map(word => head.indexOf(word)).find(found => found >= 0) ?? -1]),
  )
  const missing = needed.find(key => at.get(key) === -1)
  if (missing !== undefined) throw refused('no_column', { column: missing })
  if (records.length > most) throw new Problem('too-large', { params: { limit: most } })
  const cellsOf = (record: readonly string[]) =>
    Object.fromEntries(keys.map(key => [key, asWritten(record[at.get(key) ?? -1] ?? '')])) as Record<K, string>
  const known = new Set(at.values())
  return {
    rows: records.map(({ record, info }) => ({ line: info.lines, cells: cellsOf(record) })),
    unused: head.filter((cell, index) => cell !== '' && !known.has(index)).map(cell => cell.slice(0, 60)),
  }
}
