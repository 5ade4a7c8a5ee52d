// The way into a class for whoever comes with a code or its picture, with an account and without.
import type { PageProps } from '#client/app/paths.ts'
import { Door } from '#client/features/accounts/Door.tsx'
import { t } from '#client/platform/texts.ts'
import { JoinForm, readJoinCode } from './JoinForm.tsx'

/** /join and /join/:code */
export function JoinPage({ params }: PageProps<'join'> | PageProps<'joinCode'>) {
  return (
    <Door>
      <h1 tabIndex={-1}>{t('live.joinTitle')}</h1>
      <JoinForm given={'code' in params ? readJoinCode(params.code) : ''} autoFocus />
    </Door>
  )
}
