// Words at the fields of a provider's form, for what is missing and for whatever refused it.
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { FormError } from '#client/ui/Form.tsx'
import type { Newcomers } from '#protocol/providers.ts'

export interface ProviderRefusal {
  readonly errors: readonly FormError[]
  readonly problem: string | undefined
}

export const noProviderRefusal: ProviderRefusal = { errors: [], problem: undefined }

/** What was written into the form, as far as it may be missing. */
export interface Written {
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly newcomers: Newcomers
  readonly domains: string[]
}

/** What is missing before it is sent; a test needs less than what is kept. */
export function writtenErrors(written: Written, what: 'save' | 'test'): FormError[] {
  const missing: [name: keyof Written, key: PlainTextKey, is: boolean][] = [
    ['name', 'providers.needName', what === 'save' && written.name === ''],
    ['issuer', 'providers.needIssuer', written.issuer.trim() === ''],
    ['clientId', 'providers.needClientId', written.clientId === ''],
    [
      'domains',
      'providers.needDomains',
      what === 'save' && written.newcomers === 'domains' && written.domains.length === 0,
    ],
  ]
  return missing.filter(([, , is]) => is).map(([name, key]) => ({ name, message: t(key) }))
}

const byField: Readonly<Record<string, PlainTextKey>> = {
  issuer: 'providers.wrongIssuer',
  secret: 'providers.wrongSecret',
  scopes: 'providers.wrongScopes',
  domains: 'providers.wrongDomains',
}
const byCode: Readonly<Record<string, PlainTextKey>> = {
  domains_missing: 'providers.needDomains',
  issuer_known: 'providers.issuerKnown',
  issuer_in_use: 'providers.issuerInUse',
  secret_again: 'providers.secretAgain',
}

/** What the form shows for anything that was thrown. */
export function refusedProvider(error: unknown): ProviderRefusal {
  const found = new Map<string, string>()
  for (const { path, code } of error instanceof ClientProblem ? error.errors : []) {
    // One of a list is said at its field.
    const name = path.replace(/\..*$/, '')
    if (name !== '') found.set(name, t(byCode[code] ?? byField[name] ?? 'providers.fieldWrong'))
  }
  const errors = [...found].map(([name, message]) => ({ name, message }))
  return errors.length > 0 ? { errors, problem: undefined } : { errors: [], problem: problemWords(error) }
}
