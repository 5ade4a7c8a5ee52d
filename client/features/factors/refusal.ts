// Words at the fields of the second step's forms for whatever refused them.
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { FormError } from '#client/ui/Form.tsx'

export interface FactorRefusal {
  readonly errors: readonly FormError[]
  readonly problem: string | undefined
}

export const noFactorRefusal: FactorRefusal = { errors: [], problem: undefined }

/** What a form shows for anything that was thrown. */
export function refusedFactor(error: unknown): FactorRefusal {
  const code = error instanceof ClientProblem ? error.code : undefined
  if (code === 'code-wrong') return { errors: [{ name: 'code', message: t('factors.codeWrong') }], problem: undefined }
  if (code === 'sign-in-failed')
    return { errors: [{ name: 'password', message: t('factors.passwordWrong') }], problem: undefined }
  return { errors: [], problem: problemWords(error) }
}
