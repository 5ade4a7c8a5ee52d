// Invitations that nobody has used yet, each with a way to take it back.
import { Link as LinkIcon, Mail } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { Loaded } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { OpenInvitation } from '#protocol/accounts.ts'
import { invitedWord, revokeInvitation } from './store.ts'

/** For whom one is, in words. */
const nameOf = (one: OpenInvitation): string => one.email ?? t('accounts.inviteAnybody')

export function OpenInvitations({ loaded }: { readonly loaded: Loaded<OpenInvitation[]> }) {
  const { value, problem, reload } = loaded
  const [ending, setEnding] = useState<string>()
  if (value === undefined)
    return problem ? (
      <ErrorState
        title={t('accounts.invitationsFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    ) : (
      <Skeleton form="rows" count={1} />
    )
  if (value.length === 0) return <p class="muted">{t('accounts.invitationsEmpty')}</p>

  const revoke = async (one: OpenInvitation) => {
    setEnding(one.id)
    try {
      await revokeInvitation(one.id)
      showToast({ text: t('accounts.inviteRevoked', { name: nameOf(one) }) })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      reload()
      setEnding(undefined)
    }
  }

  return (
    <div class="card" data-flush>
      <List label={t('accounts.invitations')}>
        {value.map(one => (
          <Row
            key={one.id}
            start={<Icon as={one.email === null ? LinkIcon : Mail} size={20} />}
            title={nameOf(one)}
            detail={
              <>
                {invitedWord(one.role ?? (one.siteRole === 'administrator' ? 'administrator' : 'member'))} ·{' '}
                {t('accounts.inviteFrom', { name: one.invitedBy })} · {t('accounts.inviteUntil')}{' '}
                <Time at={one.expiresAt} form="day" />
              </>
            }
            end={
              <Button
                kind="quiet"
                busy={ending === one.id}
                aria-label={t('accounts.inviteRevokeOne', { name: nameOf(one) })}
                onClick={() => void revoke(one)}
              >
                {t('accounts.inviteRevoke')}
              </Button>
            }
          />
        ))}
      </List>
    </div>
  )
}
