// Documents as this browser keeps them, by account: updates in the order they came, which of them the server has not
// taken, and drafts of what it refused. Nobody's copy is ever given to another account.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** One change of a document, or many merged into one. */
export interface KeptUpdate {
  readonly key: number
  readonly update: Uint8Array
  /** Made here and not taken by the server yet. */
  readonly unsaved: boolean
}

/** Words the server refused, for the writer to copy. */
export interface RefusedDraft {
  readonly words: string
  /** ISO. */
  readonly at: string
}

/** Whose copy of which document. */
export interface Copy {
  readonly account: string
  readonly document: string
}

type Row = Copy & { readonly update: Uint8Array; readonly unsaved: 0 | 1 }

interface DocumentsSchema extends DBSchema {
  updates: { key: number; value: Row; indexes: { copy: [string, string]; unsaved: [string, number] } }
  drafts: { key: [string, string]; value: Copy & RefusedDraft }
}

export interface DocumentStorage {
  /** What is kept of a document, oldest first. */
  read(copy: Copy): Promise<readonly KeptUpdate[]>
  add(copy: Copy, update: Uint8Array, made: 'here' | 'elsewhere'): Promise<number>
  /** The server has taken these. */
  settle(keys: readonly number[]): Promise<void>
  /** Puts one update that holds them all in the place of many that are saved. */
  replace(copy: Copy, keys: readonly number[], whole: Uint8Array): Promise<number>
  forget(copy: Copy): Promise<void>
  /** Forgets the documents of all accounts but this one; what they have not saved, and what was refused, waits for them to come back. */
  keepOnly(account: string | null): Promise<void>
  /** Documents with edits of this account that the server does not have. */
  unsaved(account: string): Promise<readonly string[]>
  draft(copy: Copy): Promise<RefusedDraft | undefined>
  putDraft(copy: Copy, draft: RefusedDraft): Promise<void>
  dropDraft(copy: Copy): Promise<void>
}

/** Opens the storage. Each method throws where the browser keeps nothing (private window, full disk). */
export function openDocumentStorage(name = 'lectern-documents'): DocumentStorage {
  // Async, because a browser that blocks what pages keep throws as soon as it is asked.
  const open = async (): Promise<IDBPDatabase<DocumentsSchema>> =>
    openDB<DocumentsSchema>(name, 1, {
      upgrade(db) {
        const updates = db.createObjectStore('updates', { autoIncrement: true })
        updates.createIndex('copy', ['account', 'document'])
        updates.createIndex('unsaved', ['account', 'unsaved'])
        db.createObjectStore('drafts', { keyPath: ['account', 'document'] })
      },
    })
  const database = open()
  // Each method throws it again, to those who asked.
  database.catch(() => undefined)
  const ofCopy = ({ account, document }: Copy) => IDBKeyRange.only([account, document])
  return {
    async read(copy) {
      const tx = (await database).transaction('updates')
      const kept: KeptUpdate[] = []
      for await (const cursor of tx.store.index('copy').iterate(ofCopy(copy))) {
        const { update, unsaved } = cursor.value
        kept.push({ key: cursor.primaryKey, update, unsaved: unsaved === 1 })
      }
      return kept
    },
    async add({ account, document }, update, made) {
      const row: Row = { account, document, update, unsaved: made === 'here' ? 1 : 0 }
      return (await database).add('updates', row)
    },
    async settle(keys) {
      const tx = (await database).transaction('updates', 'readwrite')
      for (const key of keys) {
        const row = await tx.store.get(key)
        if (row) await tx.store.put({ ...row, unsaved: 0 }, key)
      }
      await tx.done
    },
    async replace({ account, document }, keys, whole) {
      const tx = (await database).transaction('updates', 'readwrite')
      for (const key of keys) await tx.store.delete(key)
      const key = await tx.store.add({ account, document, update: whole, unsaved: 0 })
      await tx.done
      return key
    },
    async forget(copy) {
      const tx = (await database).transaction('updates', 'readwrite')
      for await (const cursor of tx.store.index('copy').iterate(ofCopy(copy))) await cursor.delete()
      await tx.done
    },
    async keepOnly(account) {
      const tx = (await database).transaction('updates', 'readwrite')
      const updates = tx.store
      // What an edit builds on stays with it: without it the edit could not be sent any more.
      const waiting = new Set<string>()
      for await (const { value } of updates.iterate())
        if (value.unsaved) waiting.add(`${value.account} ${value.document}`)
      for await (const cursor of updates.iterate()) {
        const { value } = cursor
        if (value.account !== account && !waiting.has(`${value.account} ${value.document}`)) await cursor.delete()
      }
      await tx.done
    },
    async unsaved(account) {
      const rows = await (await database).getAllFromIndex('updates', 'unsaved', IDBKeyRange.only([account, 1]))
      return [...new Set(rows.map(row => row.document))]
    },
    async draft({ account, document }) {
      const found = await (await database).get('drafts', [account, document])
      return found && { words: found.words, at: found.at }
    },
    async putDraft(copy, draft) {
      await (await database).put('drafts', { account: copy.account, document: copy.document, ...draft })
    },
    async dropDraft({ account, document }) {
      await (await database).delete('drafts', [account, document])
    },
  }
}

let current: DocumentStorage | undefined

/** The page's storage, opened at the first use. */
export function documentStorage(): DocumentStorage {
  current ??= openDocumentStorage()
  return current
}
