// The two pages opened by a link: waiting, a link that no longer works, and the form.
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
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

export function LinkDoor<T>({ loaded, children }: LinkDoorProps<T>) {
  const { value, problem, reload } = loaded
  // A token that is cut short in a mail is as good as a used one.
  const spent = problem?.code === 'link-used' || problem?.code === 'malformed'
  return (
    <Door>
      {value !== undefined ? (
        children(value)
      ) : spent ? (
        <>
          <header>
            <h1 tabIndex={-1}>{t('accounts.linkTitle')}</h1>
            <p class="door-lead">{t('accounts.linkDetail')}</p>
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
