// Archives that this tab sends: one at a time for a file, going on by themselves after a break.
import { signal } from '@preact/signals'
import { cleanName, printOf } from '#client/features/files/pieces.ts'
import { type SendingState, sendInPieces } from '#client/features/files/sending.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { archiveRoutes, type CourseImportId } from '#protocol/archives.ts'

export interface Sent {
  readonly sent: number
  readonly state: SendingState
  readonly stop: () => void
}

/** What this tab sends, by the id of its import. */
export const sending = signal<ReadonlyMap<string, Sent>>(new Map())

function put(id: string, one: Sent | undefined): void {
  const next = new Map(sending.peek())
  if (one) next.set(id, one)
  else next.delete(id)
  sending.value = next
  if (next.size > 0) addEventListener('beforeunload', warn)
  else removeEventListener('beforeunload', warn)
}

// A tab that is closed would break them off.
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

/** Sends an archive; answers when all of it is there, or it was given up. Says why it can not be sent. */
export async function sendArchive(file: File): Promise<string | undefined> {
  const giveUp = new AbortController()
  const asked = { name: cleanName(file.name), size: file.size, print: printOf(file) }
  let known: string | undefined
  try {
    await sendInPieces({
      ...{ file, stop: giveUp.signal },
      begin: async () => {
        const { import: begun } = await request(archiveRoutes.startImport, asked)
        known = begun.id
        return begun
      },
      receivedOf: async id =>
        (await request(archiveRoutes.getImport, { importId: id as CourseImportId })).import.received,
      url: id => requestOf(archiveRoutes.append, { importId: id as CourseImportId }).url,
      onChange: (sent, state) => {
        if (known === undefined) return
        const before = sending.peek().get(known)?.state ?? { is: 'sending', speed: 0 }
        put(known, { sent, state: state ?? before, stop: () => giveUp.abort() })
      },
    })
    return undefined
  } catch (error) {
    return problemWords(error)
  } finally {
    if (known !== undefined) put(known, undefined)
  }
}
