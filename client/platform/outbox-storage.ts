// Where writes that wait are kept in this browser, and which tab may send them. Every tab of an origin shares it; it
// must never let two tabs send at once.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** What waits to be sent. */
export interface OutboxEntry {
  readonly id: string
  readonly lane: string
  readonly call: string
  readonly input: unknown
  /** Milliseconds since 1970 when the person did it. */
  readonly at: number
  /** Where set, a newer write of the same lane with the same word makes this one needless while it is not sent. */
  readonly latest?: string | undefined
  /** The protocol of the page that made it; absent in what the first release kept. */
  readonly protocol?: number | undefined
  /** Whose write it is: another person's session must never send it. */
  readonly account: string | null
}

/** What waits, and whether it would outlive the tab: not before the browser has written it. */
export interface WaitingEntry extends OutboxEntry {
  readonly kept: boolean
}

interface OutboxSchema extends DBSchema {
  entries: { key: string; value: OutboxEntry }
  lease: { key: 'sender'; value: { tab: string; until: number } }
}

export interface OutboxStorage {
  /** Everything that waits, of everybody, oldest first: keys are UUIDv7. */
  all(): Promise<readonly WaitingEntry[]>
  /** Answers whether the browser has written it; otherwise it is held in memory. */
  put(entry: OutboxEntry): Promise<boolean>
  remove(id: string): Promise<void>
  /** Takes or renews the lease in one transaction, so that two tabs never hold it. False while another one does. */
  takeLease(tab: string, leaseMs: number): Promise<boolean>
  /** Frees a lease this tab still holds; one request, which a page that is being closed gets through. */
  giveUpLease(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the storage of this name. What the browser keeps nowhere (private window, full disk) is held in memory: sent like
 * the rest, and lost with the tab.
 */
export function openOutboxStorage(name: string): OutboxStorage {
  const kept = openKept(name)
  const held = new Map<string, WaitingEntry>()
  let failed = false
  return {
    ...kept,
    async all() {
      if (!failed) return kept.all()
      // What cannot be read now is read at a later turn.
      const stored = await kept.all().catch(() => [])
      return [...stored, ...held.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    put: entry =>
      kept.put(entry).catch(() => {
        failed = true
        held.set(entry.id, { ...entry, kept: false })
        return false
      }),
    remove: async id => void (held.delete(id) || (await kept.remove(id))),
    // No other tab knows of what is held here; and what is stored is the same operation, whoever sends it.
    takeLease: (tab, leaseMs) =>
      kept.takeLease(tab, leaseMs).catch((error: unknown) => {
        if (failed) return true
        throw error
      }),
  }
}

/** Each method throws where the browser keeps nothing. */
function openKept(name: string): OutboxStorage {
  // Async, because a browser that blocks what pages keep throws as soon as it is asked.
  const open = async (): Promise<IDBPDatabase<OutboxSchema>> =>
    openDB<OutboxSchema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('entries', { keyPath: 'id' })
        db.createObjectStore('lease')
      },
    })
  const database = open()
  let heldUntil = 0
  return {
    all: async () => (await (await database).getAll('entries')).map(entry => ({ ...entry, kept: true })),
    async put(entry) {
      await (await database).put('entries', entry)
      return true
    },
    async remove(id) {
      await (await database).delete('entries', id)
    },
    async takeLease(tab, leaseMs) {
      const tx = (await database).transaction('lease', 'readwrite')
      const held = await tx.store.get('sender')
      const mine = !held || held.tab === tab || held.until < Date.now()
      const until = Date.now() + leaseMs
      if (mine) await tx.store.put({ tab, until }, 'sender')
      await tx.done
      heldUntil = mine ? until : 0
      return mine
    },
    async giveUpLease() {
      if (heldUntil < Date.now()) return
      heldUntil = 0
      const tx = (await database).transaction('lease', 'readwrite')
      const deleted = tx.store.delete('sender')
      // Said at once: a transaction that waits to be committed by itself ends with the page.
      tx.commit()
      await deleted
      await tx.done
    },
    async close() {
      ;(await database).close()
    },
  }
}
