// A mail server for tests: takes mails over real SMTP and keeps them, and refuses what a test tells it to.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Config } from '#server/platform/config.ts'
import { atEndOfFile } from './endings.ts'

export interface TakenMail {
  readonly to: readonly string[]
  /** Its source, as it came over the wire. */
  readonly source: string
  /** Of the headers by their names in lower case, unfolded; of two with one name the last. */
  readonly headers: Readonly<Record<string, string>>
  /** The plain text and the HTML, decoded. */
  readonly text: string
  readonly html: string
}

export interface MailServer {
  readonly taken: TakenMail[]
  /** Mails are answered with this from now on, such as 451; undefined: they are taken. */
  refuse: number | undefined
  /** Settings by which a node sends here, on a port of its own so that its address is known before it starts. */
  config(): Promise<Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl' | 'port'>>
  stop(): Promise<void>
}

const decoded = (encoding: string, body: string): string => {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/quoted-printable/i.test(encoding)) return body
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => `%${hex}`)
  return Buffer.from(
    bytes.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
}

// RFC 2047, as subjects are written that are not ASCII.
const words = (value: string): string =>
  value
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, form: string, body: string) =>
      form.toUpperCase() === 'B'
        ? Buffer.from(body, 'base64').toString('utf8')
        : decoded('quoted-printable', body.replace(/_/g, ' ')),
    )

function parsed(source: string): Pick<TakenMail, 'headers' | 'text' | 'html'> {
  const split = (part: string) => {
    const at = part.indexOf('\r\n\r\n')
    const lines = part
      .slice(0, at)
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
    const headers = lines.map(line => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1),
    ])
    return {
      headers: Object.fromEntries(headers.map(([name, value = '']) => [name, words(value.trim())])),
      body: part.slice(at + 4),
    }
  }
  const { headers, body } = split(source)
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1]
  const parts = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map(part => split(part.replace(/^\r\n/, '')))
    : []
  const of = (type: string) => {
    const part = parts.find(one => one.headers['content-type']?.startsWith(type))
    return part ? decoded(part.headers['content-transfer-encoding'] ?? '', part.body) : ''
  }
  return { headers, text: of('text/plain'), html: of('text/html') }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const probe = createServer().once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

// Below those that systems give out by themselves, so that nothing else takes it before it is used.
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000)
    if (await isFree(port)) return port
  }
}

/** Starts one on a free port of the loopback address; stopped when the file's tests are over. */
export async function mailServer(): Promise<MailServer> {
  const taken: TakenMail[] = []
  const port = await freePort()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    // Milliseconds; senders keep connections open.
    closeTimeout: 100,
    onRcptTo: (_address, _session, done) => {
      const { refuse } = made
      if (refuse === undefined) return done()
      done(Object.assign(new Error('not now for nobody@example.org'), { responseCode: refuse }))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString('utf8')
        taken.push({ to: session.envelope.rcptTo.map(one => one.address), source, ...parsed(source) })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => {
    server.listen(port, '127.0.0.1', () => resolve())
  })
  let stopped: Promise<void> | undefined
  const made: MailServer = {
    taken,
    refuse: undefined,
    config: async () => {
      const own = await freePort()
      return {
        smtpUrl: `smtp://127.0.0.1:${port}`,
        mailFrom: { name: 'Lectern', address: 'lectern@example.org' },
        publicUrl: `http://127.0.0.1:${own}`,
        port: own,
      }
    },
    stop: () => {
      stopped ??= new Promise<void>(resolve => {
        server.close(() => resolve())
      })
      return stopped
    },
  }
  atEndOfFile(() => made.stop())
  return made
}
