// What a failure on the way of a mail means: whether to try again, and why in a word. Pure.
import type { MailReason } from '#protocol/mail.ts'

/** As nodemailer throws it (its lib/errors): a code of its own, and what the server answered, if it did. */
export interface SmtpFailure {
  readonly code?: string | undefined
  readonly command?: string | undefined
  readonly responseCode?: number | undefined
  readonly response?: string | undefined
  readonly message?: string | undefined
}

export interface Fate {
  readonly reason: MailReason
  readonly again: boolean
  /** What the server said, without addresses. */
  readonly answer: string
}

/** Seconds before the next try: near at first, for a server that asks newcomers to come again; then about a day. */
const pauses = [2, 15, 60, 300, 900, 3_600, 7_200, 14_400, 28_800, 28_800] as const

/** Seconds to wait after so many tries that failed; undefined when it was tried often enough. */
export const pauseAfter = (tries: number): number | undefined => pauses[tries - 1]

/** Takes addresses out of what a mail server says: whose they are is nobody's business in a log. */
export const withoutAddresses = (text: string): string => text.replace(/[^\s<>"'()]+@[^\s<>"'()]+/g, '…')

const answerOf = ({ response, message }: SmtpFailure): string =>
  withoutAddresses((response ?? message ?? '').replace(/\s+/g, ' ')).slice(0, 300)

function reasonOf({ code, command, responseCode: said = 0, message = '' }: SmtpFailure): MailReason {
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') return 'sign-in'
  if (code === 'ETLS' || /certificate|self.signed|SSL|TLS/i.test(message)) return 'not-trusted'
  if (code === 'ETIMEDOUT') return 'silent'
  if (said >= 400 && said < 500) return 'later'
  if (said >= 500 && command === 'RCPT TO') return 'address'
  if (said >= 500 || code === 'EMESSAGE' || code === 'EENVELOPE') return 'refused'
  return 'unreachable'
}

/**
 * What comes of a failure. RFC 5321, 4.2.1: what is answered with 4yz is tried again, with 5yz not; a server that is away,
 * or that knows us no more, may be mended, and is tried again too.
 */
export function fateOf(failure: SmtpFailure): Fate {
  const reason = reasonOf(failure)
  return { reason, again: reason !== 'address' && reason !== 'refused', answer: answerOf(failure) }
}
