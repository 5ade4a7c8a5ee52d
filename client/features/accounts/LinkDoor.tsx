// The frame of the two pages opened by a link: waiting, a link that no longer works, and the form.
import { Unlink } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { Loaded } from '#client/platform/use-load.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import './accounts.css'

interface LinkDoorProps<T> {
  readonly loaded: Loaded<T>
  readonly children: (value: T) => ComponentChildren
}

export function LinkDoor<T>({ loaded, children }: LinkDoorProps<T>) {
  const { value, problem, reload } = loaded
  const spent = problem?.code === 'link-used' || problem?.code === 'malformed'
  return (
    <div class="door">
      <div class="door-card">
        {value !== undefined ? (
          children(value)
        ) : spent ? (
          <EmptyState
            icon={Unlink}
            title={t('accounts.linkTitle')}
            action={<ButtonLink href={pathTo('signIn')}>{t('accounts.toSignIn')}</ButtonLink>}
          >
            {t('accounts.linkDetail')}
          </EmptyState>
        ) : problem ? (
          <ErrorState page title={t('accounts.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="page" />
        )}
      </div>
    </div>
  )
}
