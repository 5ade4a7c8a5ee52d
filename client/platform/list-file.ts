// Reads the text of a list that somebody chose. Spreadsheets save CSV in UTF-8, in UTF-16 and, on Windows, in the old
// Windows-1252: a letter that is guessed wrong becomes somebody's name, so what was guessed is said.

export interface ListText {
  readonly text: string
  /** It said nothing of its letters and is no UTF-8: read as Windows text, so somebody should look at the names. */
  readonly guessed: boolean
}

/**
 * The text of these bytes: by its byte order mark where it has one (UTF-8, UTF-16), else strictly as UTF-8, else as
 * Windows-1252, in which any bytes are a text. The mark is no part of the text. Names as the Encoding Standard has them.
 */
export function textOfList(bytes: Uint8Array): ListText {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), guessed: false }
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), guessed: false }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: false }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), guessed: true }
  }
}

/** Reads a list that was chosen. Rejects as the browser does where the file cannot be read any more. */
export const readList = async (file: Blob): Promise<ListText> => textOfList(new Uint8Array(await file.arrayBuffer()))
