// Tables as files for spreadsheets: the one way to write CSV on the server.

/** One cell: quoted; a text that a spreadsheet would run as a formula is made plain text (OWASP, CSV injection). */
export function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return `"${plain.replaceAll('"', '""')}"`
}

/** The whole file (RFC 4180); the mark at its beginning tells spreadsheets that it is UTF-8. */
export const csvFile = (lines: readonly (readonly string[])[]): string =>
  `\ufeff${lines.map(line => `${line.map(csvCell).join(',')}\r\n`).join('')}`
