// The API of BigBlueButton (docs.bigbluebutton.org, development/api): addresses that are signed, and what its answers say.
// Pure; nothing is asked here.
import { createHash } from 'node:crypto'
import { XmlRefused, xmlWords } from '#server/platform/extract/office.ts'
import type { Comer, Held } from './held.ts'

/** As much of a name as it takes. */
const longestName = 64

type Server = Held['server']

/** An address of its API: the checksum is taken of call, query and secret. */
export function signedAddress({ address, secret }: Server, call: string, params: Record<string, string>): string {
  const query = new URLSearchParams(params).toString()
  const checksum = createHash('sha256').update(`${call}${query}${secret}`).digest('hex')
  const base = address.replace(/\/+$/, '').replace(/\/api$/, '')
  return `${base}/api/${call}?${query}${query ? '&' : ''}checksum=${checksum}`
}

/** Makes the meeting, or changes nothing where it runs. */
export const createAddress = ({ server, room, title }: Held): string =>
  signedAddress(server, 'create', {
    meetingID: room,
    name: title.slice(0, longestName).padEnd(2, '.'),
    record: 'false',
  })

/** Where somebody goes who comes. */
export const joinAddress = ({ server, room }: Held, { accountId, name, as }: Comer): string =>
  signedAddress(server, 'join', {
    ...{ meetingID: room, fullName: name, userID: accountId },
    ...{ role: as === 'moderator' ? 'MODERATOR' : 'VIEWER', redirect: 'true' },
  })

/** Who is there. */
export const infoAddress = ({ server, room }: Held): string =>
  signedAddress(server, 'getMeetingInfo', { meetingID: room })

/** A small question that any server answers which knows us. */
export const checkAddress = (server: Server): string => signedAddress(server, 'isMeetingRunning', { meetingID: 'none' })

export type Answer =
  | { readonly kind: 'done'; readonly running: boolean; readonly userIds: readonly string[] }
  /** No such meeting runs. */
  | { readonly kind: 'not there' }
  /** It does not know us: another secret. */
  | { readonly kind: 'refused' }
  /** Nothing of its API. */
  | { readonly kind: 'unreadable' }

const none: ReadonlySet<string> = new Set()

const textsOf = (xml: string, name: string): string[] => {
  const one = new Set([name])
  const text = xmlWords(xml, { words: one, lines: one, paragraphs: none, spaces: none }, xml.length)
  return text.split('\n').flatMap(part => part.trim() || [])
}

/** What an answer says. */
export function readAnswer(xml: string): Answer {
  try {
    const [code] = textsOf(xml, 'returncode')
    const [key] = textsOf(xml, 'messageKey')
    if (code === 'SUCCESS')
      return { kind: 'done', running: textsOf(xml, 'running')[0] === 'true', userIds: textsOf(xml, 'userID') }
    if (code !== 'FAILED') return { kind: 'unreadable' }
    return key === 'notFound' ? { kind: 'not there' } : { kind: 'refused' }
  } catch (error) {
    if (error instanceof XmlRefused) return { kind: 'unreadable' }
    throw error
  }
}
