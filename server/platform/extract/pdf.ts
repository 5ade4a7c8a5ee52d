// The words of a PDF, page by page, until there are enough. Draws nothing and loads nothing.
import { getDocumentProxy } from 'unpdf'

/** The words of a PDF, at most `most` characters. Throws for what is none, or needs a password. */
export async function pdfWords(bytes: Uint8Array, most: number): Promise<string> {
  const document = await getDocumentProxy(bytes, { isEvalSupported: false, verbosity: 0 })
  let text = ''
  for (let number = 1; number <= document.numPages && text.length < most; number++) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    text += `${items.map(one => ('str' in one ? one.str + (one.hasEOL ? '\n' : '') : '')).join('')}\n\n`
    page.cleanup()
  }
  return text.slice(0, most)
}
