// A document that people write together, over the stock `y-websocket` provider: kept on this device, sent when there is
// a connection, saved when the server says so. Heavy: loaded with the editor, never by the frame.
import { type ReadonlySignal, signal } from '@preact/signals'
import * as decoding from 'lib0/decoding'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { collabPath, documentClose, documentMessage, extendedParam } from '#protocol/base/documents.ts'
import { countingSocket } from './counting-socket.ts'
import { keepDocument } from './document-keeping.ts'
import {
  type CloseReason,
  type DocumentFacts,
  type DocumentState,
  documentState,
  failuresBlocked,
  UnsavedEdits,
  unopened,
} from './document-state.ts'
import { type Copy, documentStorage, type KeptUpdate, type RefusedDraft } from './document-storage.ts'
import { realtime } from './realtime.ts'
import { unsentWords } from './unsent-words.ts'

/** Milliseconds between tries to connect, at most. */
const backoffMost = 8_000

/** The copy an editor binds to. A new one takes its place when edits in it were refused. */
export interface DocumentCopy {
  readonly doc: Y.Doc
  readonly awareness: Awareness
}

export interface Writer {
  readonly id: string
  readonly name: string
  /** #rrggbb, which stock editors read; ours takes the colour from the id. */
  readonly color: string
}

export interface OpenDocument {
  readonly document: string
  /** Undefined until what this device kept is read. */
  readonly copy: ReadonlySignal<DocumentCopy | undefined>
  readonly state: ReadonlySignal<DocumentState>
  /** Whether the server lets this person write; undefined until it said so: then what was kept may be written on. */
  readonly mayWrite: ReadonlySignal<boolean | undefined>
  /** There is a way to the server, but none for documents: read the saved text instead. */
  readonly blocked: ReadonlySignal<boolean>
  /** What the server refused to take, kept to be copied. */
  readonly draft: ReadonlySignal<RefusedDraft | undefined>
  dropDraft(): void
  /** Tries again after it closed or while it waits. */
  retry(): void
  close(): void
}

const reasons: { readonly [code: number]: CloseReason } = {
  [documentClose.notSignedIn]: 'signed-out',
  [documentClose.gone]: 'gone',
  [documentClose.tooLarge]: 'too-large',
}

type CursorChanges = Parameters<WebsocketProvider['_awarenessUpdateHandler']>[0]

/** What is open on this page. */
const opened = new Set<OpenDocument>()

/** Whether a screen of this page has the document open, so that its edits are seen to. */
export const isOpen = (document: string): boolean => [...opened].some(one => one.document === document)

const fromStorage = Symbol('kept on this device')

/** Opens a document for one person. It stays open, also through offline hours, until `close`. */
export function openDocument(document: string, writer: Writer): OpenDocument {
  const kept: Copy = { account: writer.id, document }
  const storage = documentStorage()
  const copy = signal<DocumentCopy | undefined>(undefined)
  const facts = signal<DocumentFacts>(unopened)
  const state = signal<DocumentState>(documentState(unopened))
  const mayWrite = signal<boolean | undefined>(undefined)
  const blocked = signal(false)
  const draft = signal<RefusedDraft | undefined>(undefined)
  let ended = false
  let session: { stop(): void; link(there: boolean): void } | undefined

  const learn = (part: Partial<DocumentFacts>) => {
    facts.value = { ...facts.peek(), ...part }
    const next = documentState(facts.peek())
    if (JSON.stringify(next) !== JSON.stringify(state.peek())) state.value = next
    blocked.value = facts.peek().failures >= failuresBlocked && realtime().state.peek() === 'online'
  }

  async function refuse(updates: readonly Uint8Array[]): Promise<void> {
    const words = unsentWords(updates)
    if (words !== '') {
      const before = draft.peek()?.words
      draft.value = { words: before ? `${before}\n${words}` : words, at: new Date().toISOString() }
      // Where the browser keeps nothing, the draft lives as long as the page.
      await storage.putDraft(kept, draft.value).catch(() => undefined)
    }
    await storage.forget(kept).catch(() => undefined)
  }

  async function start(): Promise<void> {
    const doc = new Y.Doc()
    const awareness = new Awareness(doc)
    const edits = new UnsavedEdits()
    const keeping = keepDocument(kept, doc)
    let stopped = false
    let taking: KeptUpdate | undefined
    /** What the update that is being told to everybody is to the list of edits. */
    let latest: 'latest' | 'nothing' = 'nothing'

    /** Takes in what this device kept, also what another tab wrote meanwhile. */
    const takeKept = async () => {
      const rows = await keeping.fresh()
      if (stopped) return
      for (const row of rows) {
        taking = row
        Y.applyUpdate(doc, row.update, fromStorage)
      }
      taking = undefined
      learn({ waiting: edits.waiting })
    }

    const edited = (update: Uint8Array, key?: number) => {
      latest = 'latest'
      edits.add(update)
      keeping.edit(update, key)
      learn({ waiting: edits.waiting })
    }

    doc.on('update', (update: Uint8Array, origin: unknown) => {
      latest = 'nothing'
      if (origin === fromStorage) {
        // What changes nothing here (no call of this) came by the server already.
        if (taking?.unsaved) edited(update, taking.key)
      } else if (origin === provider) keeping.heard(update)
      // A reader's editor may mend what it can't show; that is nobody's edit and no server takes it.
      else if (mayWrite.peek() !== false) edited(update)
    })

    // Before the provider, which sends from its own listener: an edit is noted before it leaves.
    const provider = new WebsocketProvider(`${location.origin.replace(/^http/, 'ws')}${collabPath}`, document, doc, {
      connect: false,
      awareness,
      params: { [extendedParam]: '1' },
      // Tabs meet at the server: one way in for everything.
      disableBc: true,
      maxBackoffTime: backoffMost * (0.75 + Math.random() / 2),
      WebSocketPolyfill: countingSocket(carries => edits.sent(carries === 'everything' ? carries : latest)),
    })
    // The stock provider repeats every cursor it hears; in a crowd that is the square of the people. Ours says its own.
    awareness.off('update', provider._awarenessUpdateHandler)
    awareness.on('update', (changes: CursorChanges, origin: unknown) => {
      if (origin !== provider) provider._awarenessUpdateHandler(changes, origin)
    })
    provider.messageHandlers[documentMessage.saved] = (_answer, message) => {
      const decision = edits.decided(decoding.readVarUint(message), decoding.readVarUint(message))
      if (decision.is === 'refused') {
        void again(() => refuse(decision.updates))
        return
      }
      const done = decision.is === 'all-saved' && decision.some
      learn({ waiting: edits.waiting, ...(done ? { savedAt: new Date().toISOString() } : {}) })
      // What stays marked as unsaved is sent once more, which changes nothing.
      if (done) keeping.saved(() => edits.waiting === 0).catch(() => undefined)
    }
    provider.messageHandlers[documentMessage.rights] = (_answer, message) => {
      mayWrite.value = decoding.readVarUint(message) === 1
    }
    provider.on('status', ({ status }: { status: string }) => {
      if (status !== 'connected') return
      edits.connected()
      learn({ link: 'open', synced: false })
      // Others have heard that this cursor left: only a newer word brings it back.
      awareness.setLocalState(awareness.getLocalState())
      void takeKept()
    })
    provider.on('sync', (synced: boolean) => {
      if (synced) learn({ synced: true, failures: 0, closed: undefined })
    })
    provider.on('connection-close', () => {
      const { synced, failures, link } = facts.peek()
      if (link === 'away') return
      learn({ link: 'connecting', synced: false, failures: synced ? 0 : failures + 1 })
    })
    provider.on('closed', ({ code }: { code: number }) => {
      const why = reasons[code] ?? 'fault'
      if (why === 'signed-out') {
        learn({ closed: why })
        return
      }
      session?.stop()
      copy.value = undefined
      void refuse(edits.updates).then(() => learn({ closed: why, waiting: 0 }))
    })

    session = {
      stop() {
        if (stopped) return
        stopped = true
        keeping.stop()
        provider.destroy()
        awareness.destroy()
        doc.destroy()
      },
      link(there) {
        if (stopped) return
        if (!there) {
          learn({ link: 'away', synced: false })
          provider.disconnect()
        } else if (!provider.wsconnected) {
          // Word that there is a network: what failed before says nothing now, and nobody waits for the next try.
          learn({ link: 'connecting', failures: 0 })
          provider.connect()
        }
      },
    }
    await takeKept()
    if (ended) {
      session.stop()
      return
    }
    awareness.setLocalState({ user: { ...writer } })
    copy.value = { doc, awareness }
    session.link(navigator.onLine)
    if (!navigator.onLine) learn({ link: 'away' })
  }

  /** Begins with a fresh copy, after what has to be done with the old one. */
  async function again(before: () => Promise<void>): Promise<void> {
    session?.stop()
    session = undefined
    copy.value = undefined
    await before()
    if (ended) return
    facts.value = unopened
    learn({})
    await start()
  }

  const leave = () => session?.link(false)
  const come = () => session?.link(true)
  // The other connection often hears first that the network is back.
  const follow = realtime().state.subscribe(now => {
    if (now === 'online') come()
    learn({})
  })
  addEventListener('offline', leave)
  addEventListener('online', come)
  storage.draft(kept).then(
    found => {
      draft.value ??= found
    },
    () => undefined,
  )
  void start()

  const open: OpenDocument = {
    document,
    copy,
    state,
    mayWrite,
    blocked,
    draft,
    dropDraft() {
      draft.value = undefined
      // At worst it is offered once more.
      storage.dropDraft(kept).catch(() => undefined)
    },
    retry: () => void again(async () => undefined),
    close() {
      ended = true
      opened.delete(open)
      follow()
      removeEventListener('offline', leave)
      removeEventListener('online', come)
      session?.stop()
    },
  }
  opened.add(open)
  return open
}
