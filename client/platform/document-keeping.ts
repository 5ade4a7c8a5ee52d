// What this device keeps of one open document while it is open: edits at once, others' changes gathered, everything
// merged now and then. It fails in silence where the browser keeps nothing: then the document lives as long as its page.
import * as Y from 'yjs'
import { type Copy, documentStorage, type KeptUpdate } from './document-storage.ts'

/** `gatherMs`: others' changes of so long are kept as one. `rows`: so many are merged into one. */
export const keepingLimits = { gatherMs: 400, rows: 100 } as const

export interface Keeping {
  /** What is kept and was not given out before, oldest first: at the start, and what another tab wrote meanwhile. */
  fresh(): Promise<readonly KeptUpdate[]>
  /** An edit of this person, made now, or found on this device (then with its key). */
  edit(update: Uint8Array, key?: number): void
  /** A change that came from the server. */
  heard(update: Uint8Array): void
  /** The server has taken every edit. `quiet` says whether that still holds. */
  saved(quiet: () => boolean): Promise<void>
  stop(): void
}

/** Keeps the edits of a document in this browser until the server has them; the copy is named by `copy`. */
export function keepDocument(copy: Copy, doc: Y.Doc): Keeping {
  const storage = documentStorage()
  const keys = new Set<number>()
  let unsaved: Promise<number | undefined>[] = []
  let gathered: Uint8Array[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function add(update: Uint8Array, made: 'here' | 'elsewhere'): Promise<number | undefined> {
    // Where the browser keeps nothing, the text is on the server alone.
    const key = await storage.add(copy, update, made).catch(() => undefined)
    if (key !== undefined) keys.add(key)
    return key
  }

  async function keepGathered(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (gathered.length === 0) return
    const merged = Y.mergeUpdates(gathered)
    gathered = []
    await add(merged, 'elsewhere')
  }

  return {
    async fresh() {
      const rows = await storage.read(copy).catch(() => [])
      const unknown = rows.filter(row => !keys.has(row.key))
      for (const { key } of unknown) keys.add(key)
      return unknown
    },
    edit(update, key) {
      unsaved.push(key === undefined ? add(update, 'here') : Promise.resolve(key))
    },
    heard(update) {
      gathered.push(update)
      timer ??= setTimeout(() => void keepGathered(), keepingLimits.gatherMs)
    },
    async saved(quiet) {
      const due = unsaved
      unsaved = []
      const settled = await Promise.all(due)
      await storage.settle(settled.filter(key => key !== undefined))
      if (keys.size < keepingLimits.rows) return
      await keepGathered()
      if (stopped || !quiet()) return
      const merged = [...keys]
      keys.clear()
      keys.add(await storage.replace(copy, merged, Y.encodeStateAsUpdate(doc)))
    },
    stop() {
      stopped = true
      void keepGathered()
    },
  }
}
