// The two pages opened by a link: waiting, a link that no longer works, and the form.
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import type { ClientProblemCode } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { Loaded } from '#client/platform/use-load.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Door } from './Door.tsx'

interface LinkDoorProps<T> {
  readonly loaded: Loaded<T>
  readonly children: (value: T) => ComponentChildren
}

// Trying again helps none of them; `malformed` is a token that was cut short in a mail.
const spentBy: readonly ClientProblemCode[] = [
  'malformed',
  'not-found',
  'link-unknown',
  'link-used',
  'link-expired',
  'link-withdrawn',
  'inviter-gone',
  'role-gone',
  'administrator-exists',
]

export function LinkDoor<T>({ loaded, children }: LinkDoorProps<T>) {
  const { value, problem, reload } = loaded
  const refused = problem && spentBy.includes(problem.code)
  return (
    <Door>
      {value !== undefined ? (
        children(value)
      ) : refused ? (
        <>
          <header>
            <h1 tabIndex={-1}>{t('accounts.linkTitle')}</h1>
            <p class="door-lead">{problem.code === 'malformed' ? t('accounts.linkCut') : problemWords(problem)}</p>
          </header>
          <ButtonLink href={pathTo('signIn')} size="large" wide>
            {t('accounts.toSignIn')}
          </ButtonLink>
        </>
      ) : problem ? (
        <ErrorState page title={t('accounts.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
      ) : (
        <Skeleton form="text" />
      )}
    </Door>
  )
}
