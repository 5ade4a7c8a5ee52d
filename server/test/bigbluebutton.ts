// A small server that answers as BigBlueButton does: it takes nothing whose checksum does not fit, makes meetings once,
// lets people in and says who is there. Only for tests.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEndOfFile } from './endings.ts'

export interface BigBlueButton {
  readonly address: string
  readonly secret: string
  /** What was asked, the calls alone, in order. */
  readonly calls: string[]
  /** Who is in which meeting, by what they were sent with. */
  readonly rooms: Map<string, { userID: string; fullName: string; role: string }[]>
  /** What it does instead of answering. */
  mode: 'answers' | 'silent' | 'elsewhere' | 'endless' | 'entities' | 'broken'
}

const wrapped = (inner: string) => `<?xml version="1.0"?>\n<response>${inner}</response>`
const failed = (key: string) =>
  wrapped(`<returncode>FAILED</returncode><messageKey>${key}</messageKey><message>No.</message>`)
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Runs until the tests of the file are over. */
export async function startBigBlueButton(): Promise<BigBlueButton> {
  const secret = 'shared with the school'
  const calls: string[] = []
  const rooms: BigBlueButton['rooms'] = new Map()
  const server = createServer((request, response) => {
    const [path = '', whole = ''] = (request.url ?? '').split('?')
    const call = path.replace('/bigbluebutton/api/', '')
    calls.push(call)
    if (made.mode === 'silent') return
    if (made.mode === 'elsewhere') return response.writeHead(302, { location: '/bigbluebutton/api/there' }).end()
    if (made.mode === 'endless') return response.writeHead(200).end('<response>'.padEnd(2_000_000, ' '))
    if (made.mode === 'broken') return response.writeHead(200).end('<html>It works!</html>')
    if (made.mode === 'entities')
      return response
        .writeHead(200)
        .end('<!DOCTYPE r [<!ENTITY a "SUCCESS">]><response><returncode>&a;</returncode></response>')
    response.setHeader('content-type', 'text/xml')
    const query = whole.replace(/&?checksum=[^&]*$/, '')
    const params = new URLSearchParams(whole)
    const sum = createHash('sha256').update(`${call}${query}${secret}`).digest('hex')
    if (params.get('checksum') !== sum) return response.end(failed('checksumError'))
    const id = params.get('meetingID') ?? ''
    const people = rooms.get(id)
    if (call === 'create') {
      rooms.set(id, people ?? [])
      return response.end(wrapped(`<returncode>SUCCESS</returncode><meetingID>${id}</meetingID>`))
    }
    if (call === 'isMeetingRunning')
      return response.end(wrapped(`<returncode>SUCCESS</returncode><running>${people !== undefined}</running>`))
    if (!people) return response.end(failed('notFound'))
    const one = (name: string) => params.get(name) ?? ''
    if (call === 'join') {
      people.push({ userID: one('userID'), fullName: one('fullName'), role: one('role') })
      return response.setHeader('content-type', 'text/html').end('<!doctype html><title>In the meeting</title>')
    }
    const attendees = people.map(
      ({ userID, fullName, role }) =>
        `<attendee><userID>${userID}</userID><fullName>${escaped(fullName)}</fullName><role>${role}</role></attendee>`,
    )
    return response.end(
      wrapped(
        `<returncode>SUCCESS</returncode><meetingName><![CDATA[A <b> & c]]></meetingName><running>true</running>
         <attendees>${attendees.join('\n')}</attendees>`,
      ),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEndOfFile(async () => {
    server.closeAllConnections()
    server.close()
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bigbluebutton/`
  const made: BigBlueButton = { address, secret, calls, rooms, mode: 'answers' }
  return made
}
