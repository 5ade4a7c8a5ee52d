// Where a provider sends the browser back to: hands on what it answered, once, and goes on from there.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { findRoute } from '#client/app/routes.tsx'
import { Door } from '#client/features/accounts/Door.tsx'
import { become, me, safeNext } from '#client/features/accounts/store.ts'
import { SignInStep } from '#client/features/factors/SignInStep.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { NextStep } from '#protocol/accounts.ts'
import { type ProviderId, providerRoutes } from '#protocol/providers.ts'

/** A page that is there; else the first. */
function pageOf(next: string): string {
  const page = safeNext(next)
  return findRoute(page.replace(/[?#].*$/, '')) ? page : pathTo('today')
}

/** /sign-in/with/:providerId */
export function ReturnPage({ params: { providerId }, query }: PageProps<'signInWith'>) {
  const { route: go } = useLocation()
  const [problem, setProblem] = useState<string>()
  const [asked, setAsked] = useState<{ readonly step: NextStep; readonly next: string }>()
  const sent = useRef(false)

  useEffect(() => {
    if (sent.current) return
    sent.current = true
    const { state, code, iss, error } = query
    // What stood in the address is used up now, and nobody's to read afterwards.
    history.replaceState(history.state, '', location.pathname)
    request(providerRoutes.finish, { providerId: providerId as ProviderId, state, code, iss, error }).then(
      ended => {
        if (ended.did === 'asked-more') return setAsked(ended)
        if (ended.did === 'connected') {
          showToast({ text: t('providers.connectedNow', { name: ended.provider }) })
          return go(pathTo('sessions'), true)
        }
        become(ended.account)
        go(pageOf(ended.next), true)
      },
      (thrown: unknown) => setProblem(problemWords(thrown)),
    )
  }, [])

  if (asked)
    return (
      <Door>
        <SignInStep
          next={asked.step}
          onIn={account => {
            become(account)
            go(pageOf(asked.next), true)
          }}
          onBack={() => go(pathTo('signIn'), true)}
        />
      </Door>
    )
  if (problem === undefined)
    return (
      <Door>
        <h1 tabIndex={-1}>{t('providers.returnTitle')}</h1>
        <p class="door-lead">{t('providers.returning')}</p>
        <Skeleton form="text" />
      </Door>
    )
  const member = me.value?.kind === 'member'
  return (
    <Door>
      <h1 tabIndex={-1}>{t(member ? 'providers.notConnectedTitle' : 'providers.refusedTitle')}</h1>
      <Banner tone="bad">{problem}</Banner>
      <ButtonLink kind="primary" size="large" wide href={pathTo(member ? 'sessions' : 'signIn')}>
        {t(member ? 'providers.toYou' : 'providers.toSignIn')}
      </ButtonLink>
    </Door>
  )
}
