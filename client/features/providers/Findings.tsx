// What a test of a provider found, a line each.
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import type { Finding, FindingCode } from '#protocol/providers.ts'

const icons = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const

const wordsOf: Readonly<Record<FindingCode, (said: string) => string>> = {
  found: said => t('providers.foundFound', { said }),
  silent: () => t('providers.foundSilent'),
  'no-provider': () => t('providers.foundNoProvider'),
  'other-issuer': said => t('providers.foundOtherIssuer', { said }),
  'no-code-flow': () => t('providers.foundNoCodeFlow'),
  'no-pkce': () => t('providers.foundNoPkce'),
  keys: () => t('providers.foundKeys'),
  'no-keys': () => t('providers.foundNoKeys'),
  'scopes-unknown': said => t('providers.foundScopesUnknown', { said }),
  'client-known': () => t('providers.foundClientKnown'),
  'client-unknown': () => t('providers.foundClientUnknown'),
  'client-untold': () => t('providers.foundClientUntold'),
}

/** Said aloud as it comes; nothing until there was a test. */
export function Findings({ found }: { readonly found: readonly Finding[] | undefined }) {
  const here = useRef<HTMLDivElement>(null)
  // It stands at the foot of a long form.
  useEffect(() => {
    if (found) here.current?.scrollIntoView({ block: 'nearest' })
  }, [found])
  return (
    <div role="status" ref={here}>
      {found && (
        <>
          <p class="field-label">{t('providers.tested')}</p>
          <ul class="provider-findings">
            {found.map(one => (
              <li key={one.code} data-tone={one.tone}>
                <Icon as={icons[one.tone]} />
                <span>{wordsOf[one.code](one.said)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
