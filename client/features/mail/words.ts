// What became of a mail, in words.
import { t } from '#client/platform/texts.ts'
import type { MailFate, MailReason } from '#protocol/mail.ts'

const reasonTexts = {
  unreachable: 'mail.unreachable',
  silent: 'mail.silent',
  'not-trusted': 'mail.notTrusted',
  'sign-in': 'mail.signIn',
  later: 'mail.later',
  address: 'mail.address',
  refused: 'mail.refused',
  over: 'mail.over',
} as const satisfies Record<MailReason, string>

/** Why it did not leave, in a sentence; empty where nothing is the matter. */
export const reasonWords = ({ reason }: MailFate): string => (reason === null ? '' : t(reasonTexts[reason]))

/** How it stands, in a sentence, with the reason. */
export function fateWords(fate: MailFate): string {
  const { state, reason } = fate
  if (state === 'sent') return t('mail.sent')
  const said = t(state === 'failed' ? 'mail.failed' : reason === null ? 'mail.waiting' : 'mail.waitingAgain')
  return [said, reasonWords(fate)].filter(one => one !== '').join(' ')
}
