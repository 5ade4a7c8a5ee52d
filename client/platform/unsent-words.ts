// The words in edits that the server did not take: what the writer typed and had not deleted again. Pure.
import * as Y from 'yjs'

/** Plain text in the order of writing, a new line for each new block; empty where nothing but changes of form was made. */
export function unsentWords(updates: readonly Uint8Array[]): string {
  if (updates.length === 0) return ''
  const { structs, ds } = Y.decodeUpdate(Y.mergeUpdates([...updates]))
  let words = ''
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    if (struct.content instanceof Y.ContentType) words += '\n'
    if (!(struct.content instanceof Y.ContentString)) continue
    const deleted = ds.clients.get(struct.id.client) ?? []
    for (const [at, letter] of struct.content.str.split('').entries()) {
      const clock = struct.id.clock + at
      if (!deleted.some(range => clock >= range.clock && clock < range.clock + range.len)) words += letter
    }
  }
  return words.replace(/\n{2,}/g, '\n').trim()
}
