// Tables as CSV for spreadsheets: one way of quoting, and no cell that a spreadsheet would run as a formula.

/** One cell: quoted where it must be, and with an apostrophe before what a spreadsheet would take for a formula. */
function cellOf(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(plain) || plain !== text ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** A whole file (RFC 4180) with the mark by which spreadsheets know UTF-8. */
export const csvFile = (lines: readonly (readonly string[])[]): string =>
  `\ufeff${lines.map(line => `${line.map(cellOf).join(',')}\r\n`).join('')}`
