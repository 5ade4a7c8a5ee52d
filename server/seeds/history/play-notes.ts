// Plays what was written in notes: each stroke is an update of one author, bound to them as the document server binds it.
import * as Y from 'yjs'
import type { AccountId } from '#protocol/base/ids.ts'
import { noteField } from '#protocol/notes.ts'
import { bindClients } from '#server/platform/docs/clients.ts'
import { appendToDocument } from '#server/platform/docs/stored.ts'
import { dice } from '../dice.ts'
import type { Stroke } from './notes.ts'
import type { Person, Timeline } from './timeline.ts'

const text = (name: string, words: string): Y.XmlElement => {
  const block = new Y.XmlElement(name)
  block.insert(0, [new Y.XmlText(words)])
  return block
}

/** A point of a list: it goes into the list before it, where there is one of its kind. */
function addPoint(into: Y.XmlFragment, listName: string, item: Y.XmlElement): void {
  const last = into.length > 0 ? into.get(into.length - 1) : undefined
  if (last instanceof Y.XmlElement && last.nodeName === listName) {
    last.insert(last.length, [item])
    return
  }
  const list = new Y.XmlElement(listName)
  list.insert(0, [item])
  into.insert(into.length, [list])
}

function addLine(into: Y.XmlFragment, line: string): void {
  const [, sign = '', words = line] = /^(#|-|>|\[x\]|\[ \]) (.*)$/.exec(line) ?? []
  if (sign === '#') {
    const heading = text('heading', words)
    heading.setAttribute('level', 2 as never)
    into.insert(into.length, [heading])
  } else if (sign === '>') {
    const quote = new Y.XmlElement('blockquote')
    quote.insert(0, [text('paragraph', words)])
    into.insert(into.length, [quote])
  } else if (sign === '') into.insert(into.length, [text('paragraph', words)])
  else {
    const item = new Y.XmlElement(sign === '-' ? 'listItem' : 'taskItem')
    item.insert(0, [text('paragraph', words)])
    if (sign !== '-') item.setAttribute('checked', (sign === '[x]') as never)
    addPoint(into, sign === '-' ? 'bulletList' : 'taskList', item)
  }
}

/** Notes what is written in one document, in the order of its moments. `noteId` is asked when the first stroke is made. */
export function noteStrokes(
  timeline: Timeline,
  note: {
    readonly noteId: () => Promise<string>
    readonly called: (firstName: string) => Person
    readonly key: string
  },
  strokes: readonly (Pick<Stroke, 'who' | 'lines'> & { readonly at: Date })[],
): void {
  const doc = new Y.Doc()
  for (const { at, who, lines } of strokes) {
    timeline.at(at, async () => {
      const author = note.called(who)
      const noteId = await note.noteId()
      // One device an author and document; Yjs itself takes another id when one is taken.
      doc.clientID = Math.floor(dice(`${note.key}/${author.accountId}`).between(1, 2 ** 32))
      const before = Y.encodeStateVector(doc)
      doc.transact(() => {
        for (const line of lines) addLine(doc.getXmlFragment(noteField), line)
      })
      const update = Y.encodeStateAsUpdate(doc, before)
      await timeline.node.as(author, at).act(async ctx => {
        await bindClients(ctx.sql, noteId, author.accountId, [doc.clientID])
        await appendToDocument(ctx, { documentId: noteId, accountId: author.accountId as AccountId, update })
      })
    })
  }
}
