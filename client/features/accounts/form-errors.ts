// From a refusal to words at the fields of a form, and one sentence for the whole where no field is to blame.
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { FormError } from '#client/ui/Form.tsx'

export interface Refusal {
  readonly errors: readonly FormError[]
  readonly problem: string | undefined
}

export const noRefusal: Refusal = { errors: [], problem: undefined }

function fieldWords(name: string, code: string): string {
  switch (code) {
    case 'password_short':
      return t('accounts.passwordShort')
    case 'password_common':
      return t('accounts.passwordCommon')
    case 'password_email':
      return t('accounts.passwordEmail')
    case 'password_repeated':
      return t('accounts.passwordRepeated')
    case 'password_wrong':
      return t('accounts.wrongPassword')
    case 'email_taken':
      return t('accounts.emailTaken')
    default:
      return name === 'email' ? t('accounts.emailInvalid') : t('accounts.fieldWrong')
  }
}

/** Words for anything thrown by a form's request; `fields` are the names the form shows. */
export function refusalOf(error: unknown, fields: readonly string[]): Refusal {
  if (error instanceof ClientProblem) {
    const errors = error.errors
      .filter(one => fields.includes(one.path))
      .map(one => ({ name: one.path, message: fieldWords(one.path, one.code) }))
    if (errors.length > 0) return { errors, problem: undefined }
    if (error.code === 'slow-down' && error.retryAfter > 60)
      return { errors: [], problem: t('accounts.retryIn', { count: Math.ceil(error.retryAfter / 60) }) }
  }
  return { errors: [], problem: problemWords(error) }
}

export const errorOf = (refusal: Refusal, name: string): string | undefined =>
  refusal.errors.find(one => one.name === name)?.message
