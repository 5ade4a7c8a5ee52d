// The way out for mails: one pool of connections to the mail server that SMTP_URL names. It knows nothing of who gets
// what; it hands one mail over and says what came of it.
import { createTransport } from 'nodemailer'
import type { Config, Sender } from '../config.ts'
import { type Fate, fateOf, type SmtpFailure } from './fate.ts'
import { inHeader, type WrittenLetter } from './letter.ts'

/** What is known of the way out. */
export interface Mailing {
  /** Host and port, without a password. */
  readonly server: string
  readonly from: Sender
  /** Begins every link. */
  readonly origin: string
}

export interface Sending {
  /** The same for a mail that is sent twice: then programs that get both see one. */
  readonly id: string
  readonly to: string
  readonly letter: WrittenLetter
}

export interface Mailer extends Mailing {
  /** Hands one mail over. Answers what kept it from leaving; undefined when the server has taken it. */
  send(sending: Sending): Promise<Fate | undefined>
  /** Signs in and sends nothing. */
  verify(): Promise<Fate | undefined>
  close(): void
}

type MailConfig = Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl'>

/** Nobody waits longer for a mail server that does not answer, in milliseconds. */
const patienceMs = 10_000

/** One address and nothing else: a list, a group or a line break in it would send the mail to others. */
const oneAddress = /^[^\s<>,;:"()[\]\\@\p{Cc}]+@[^\s<>,;:"()[\]\\@\p{Cc}]+$/u

/** Makes the way out; null when mail is not set up. */
export function makeMailer({ smtpUrl, mailFrom, publicUrl }: MailConfig): Mailer | null {
  if (smtpUrl === null || mailFrom === null || publicUrl === null) return null
  const url = new URL(smtpUrl)
  const secure = url.protocol === 'smtps:'
  const port = Number(url.port) || (secure ? 465 : 587)
  const user = decodeURIComponent(url.username)
  const transport = createTransport({
    pool: true,
    maxConnections: 2,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    secure,
    // A password goes out under TLS alone, whatever somebody on the way makes of the server's offer.
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) }, requireTLS: true }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: 2 * patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const trying = async (work: () => Promise<unknown>): Promise<Fate | undefined> => {
    try {
      await work()
      return undefined
    } catch (error) {
      return fateOf(error as SmtpFailure)
    }
  }
  return {
    server: `${url.hostname}:${port}`,
    from: mailFrom,
    origin: publicUrl,
    send: ({ id, to, letter }) =>
      oneAddress.test(to)
        ? trying(() =>
            transport.sendMail({
              messageId: `<${id}@${new URL(publicUrl).hostname}>`,
              from: { name: inHeader(mailFrom.name), address: mailFrom.address },
              to: { name: '', address: to },
              envelope: { from: mailFrom.address, to: [to] },
              subject: letter.subject,
              text: letter.text,
              html: letter.html,
              headers: { ...letter.headers },
            }),
          )
        : Promise.resolve({ reason: 'address', again: false, answer: '' }),
    verify: () => trying(() => transport.verify()),
    close: () => transport.close(),
  }
}

let current: Mailer | null = null

/** Opens the way out of this process; answers what closes it. */
export function connectMail(config: MailConfig): () => void {
  const mine = makeMailer(config)
  current = mine
  return () => {
    mine?.close()
    if (current === mine) current = null
  }
}

/** The way out; null when mail is not set up. */
export const mailer = (): Mailer | null => current

/** Whether mails leave from here at all. */
export const mailIsSetUp = (): boolean => current !== null
