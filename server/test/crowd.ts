// Many editors of one document who write, delete, lose their connection and change nodes as dice fall, and what must be
// true afterwards: nothing that was called saved is missing, and every replica is the stored document. Shared by a short
// test and the fault suite. What happens is told by the seed, when it happens is not.
import * as Y from 'yjs'
import { type DocumentClient, documentClient } from './document-client.ts'
import { waitFor } from './wait-for.ts'

export interface CrowdOptions {
  readonly seed: number
  readonly documentId: string
  /** One an editor: its session. */
  readonly cookies: readonly string[]
  /** The nodes that are there now. */
  readonly urls: () => readonly string[]
  /** Milliseconds between two doings of one editor, on average. */
  readonly pauseMs: number
}

/** Random numbers from 0 to 1 that a seed repeats (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A replica's words, map and blocks, comparable. */
export const contentsOf = (doc: Y.Doc): string =>
  JSON.stringify([
    doc.getText('text').toJSON(),
    Object.entries(doc.getMap('kept').toJSON()).sort(([a], [b]) => (a < b ? -1 : 1)),
    doc.getXmlFragment('default').toJSON(),
  ])

interface Editor {
  readonly name: string
  readonly roll: () => number
  client: DocumentClient
  url: string
  written: number
  /** Keys written by this replica that were not called saved yet. */
  waiting: Waiting[]
}

/** A key, and the number of the message it went out in on the connection of that moment, if there was one. */
interface Waiting {
  readonly key: string
  readonly number: number | undefined
  readonly connection: unknown
}

export class Crowd {
  readonly #editors: Editor[]
  readonly #saved = new Set<string>()
  #timers: NodeJS.Timeout[] = []
  written = 0

  constructor(private readonly options: CrowdOptions) {
    this.#editors = options.cookies.map((_, index) => {
      const roll = dice(options.seed + index)
      const url = this.#choose(roll)
      return { name: `e${index}`, roll, client: this.#open(index, url), url, written: 0, waiting: [] }
    })
  }

  get saved(): number {
    return this.#saved.size
  }

  #choose(roll: () => number): string {
    const urls = this.options.urls()
    return urls[Math.floor(roll() * urls.length)] ?? ''
  }

  #open(index: number, url: string): DocumentClient {
    return documentClient({ url, id: this.options.documentId, cookie: this.options.cookies[index] ?? '' })
  }

  /** Everybody begins, each at a pace of their own. */
  start(): void {
    this.#editors.forEach((editor, index) => {
      const next = () => {
        this.#timers[index] = setTimeout(
          () => {
            this.#act(editor)
            next()
          },
          editor.roll() * 2 * this.options.pauseMs,
        )
      }
      next()
    })
  }

  #act(editor: Editor): void {
    this.#note(editor)
    if (!this.options.urls().includes(editor.url)) this.#move(editor)
    const chance = editor.roll()
    if (chance < 0.02) editor.client.drop()
    else if (chance < 0.03) this.#move(editor)
    else this.#write(editor)
  }

  #move(editor: Editor): void {
    editor.url = this.#choose(editor.roll)
    editor.client.move(editor.url)
  }

  #write(editor: Editor): void {
    const { client, roll } = editor
    const { doc } = client
    const text = doc.getText('text')
    const blocks = doc.getXmlFragment('default')
    const key = `${editor.name}:${editor.written++}`
    const { sent } = client.told
    doc.transact(() => {
      // A key of its own, never deleted: its absence is a loss, whatever became of the words.
      doc.getMap('kept').set(key, editor.written)
      const at = Math.floor(roll() * (text.length + 1))
      const kind = roll()
      if (kind < 0.5) text.insert(at, key)
      else if (kind < 0.75) text.delete(Math.min(at, Math.max(0, text.length - 5)), Math.min(5, text.length))
      else if (kind < 0.9 || blocks.length === 0) {
        const block = new Y.XmlElement('paragraph')
        block.insert(0, [new Y.XmlText(key)])
        blocks.insert(Math.floor(roll() * (blocks.length + 1)), [block])
      } else blocks.delete(Math.floor(roll() * blocks.length), 1)
    })
    const number = client.told.sent > sent ? client.told.sent : undefined
    editor.waiting.push({ key, number, connection: client.provider.ws })
    this.written++
  }

  #note(editor: Editor): void {
    const { provider, told } = editor.client
    const all = editor.client.saved()
    editor.waiting = editor.waiting.filter(({ key, number, connection }) => {
      const own = number !== undefined && connection === provider.ws && told.refused === 0 && told.upTo >= number
      if (all || own) this.#saved.add(key)
      return !all && !own
    })
  }

  /** Some of those on a node are gone for good in this very moment, with all they have; newcomers take their places. */
  loseReplicasOn(url: string, share: number): number {
    let lost = 0
    this.#editors.forEach((editor, index) => {
      if (editor.url !== url || editor.roll() > share) return
      this.#note(editor)
      editor.waiting = []
      editor.client.close()
      editor.url = this.#choose(editor.roll)
      editor.client = this.#open(index, editor.url)
      lost++
    })
    return lost
  }

  /** Answers when everybody has been served from now on, each at a moment of their own: somebody always drops. */
  async served(): Promise<void> {
    const left = new Set(this.#editors)
    const look = () => {
      for (const editor of left)
        if (editor.client.provider.synced && this.options.urls().includes(editor.url)) left.delete(editor)
      return left.size === 0
    }
    await waitFor(look, 'everybody to be served', 30_000)
  }

  /**
   * Everybody stops writing and waits until all is saved. Answers what is wrong: keys called saved that `stored` does not
   * have, and replicas that differ from it.
   */
  async settle(stored: () => Promise<Y.Doc>): Promise<{ lost: string[]; differing: string[]; kept: number }> {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const editor of this.#editors) if (!this.options.urls().includes(editor.url)) this.#move(editor)
    await waitFor(() => this.#editors.every(editor => editor.client.saved()), 'everything to be saved', 30_000)
    for (const editor of this.#editors) this.#note(editor)
    const differing = async () => {
      const contents = contentsOf(await stored())
      return this.#editors.filter(one => contentsOf(one.client.doc) !== contents).map(one => one.name)
    }
    // The last words of others may still be on their way.
    await waitFor(async () => (await differing()).length === 0, 'all replicas to agree', 15_000).catch(() => undefined)
    const kept = (await stored()).getMap('kept')
    return {
      lost: [...this.#saved].filter(key => !kept.has(key)),
      differing: await differing(),
      kept: kept.size,
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const editor of this.#editors) editor.client.close()
  }
}
