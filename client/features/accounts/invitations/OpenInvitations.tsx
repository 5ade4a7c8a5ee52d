// Invitations that nobody has used yet, each with a way to take it back.
import { Link as LinkIcon, Mail } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { fateWords } from '#client/features/mail/words.ts'
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
import { mailSetUp } from '../store.ts'
import { invitedWord, revokeInvitation, sendInvitation } from './store.ts'
import './invitations.css'

const lookAgainMs = 2_000

/** For whom one is, in words. */
const nameOf = (one: OpenInvitation): string => one.email ?? t('accounts.inviteAnybody')

export function OpenInvitations({ loaded }: { readonly loaded: Loaded<OpenInvitation[]> }) {
  const { value, problem, reload } = loaded
  const [ending, setEnding] = useState<string>()
  const [sending, setSending] = useState<string>()
  const underWay = value?.some(one => one.mail?.state === 'waiting') === true
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(reload, lookAgainMs)
    return () => clearInterval(timer)
  }, [underWay, reload])
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

  const send = async (one: OpenInvitation) => {
    setSending(one.id)
    try {
      await sendInvitation(one.id)
      showToast({ text: t('mail.againDone', { email: nameOf(one) }) })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      reload()
      setSending(undefined)
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
                {invitedWord(
                  one.role ?? (one.siteRole === 'administrator' ? 'administrator' : 'member'),
                  one.custom?.name,
                )}{' '}
                · {t('accounts.inviteFrom', { name: one.invitedBy })} · {t('accounts.inviteUntil')}{' '}
                <Time at={one.expiresAt} form="day" />
                {one.mail && <span class="invitation-fate">{fateWords(one.mail)}</span>}
              </>
            }
            end={
              <div class="invitation-ends">
                {mailSetUp.value && one.email !== null && one.mail?.state !== 'waiting' && (
                  <Button
                    kind="quiet"
                    busy={sending === one.id}
                    aria-label={t('mail.againTo', { name: nameOf(one) })}
                    onClick={() => void send(one)}
                  >
                    {t('mail.again')}
                  </Button>
                )}
                <Button
                  kind="quiet"
                  busy={ending === one.id}
                  aria-label={t('accounts.inviteRevokeOne', { name: nameOf(one) })}
                  onClick={() => void revoke(one)}
                >
                  {t('accounts.inviteRevoke')}
                </Button>
              </div>
            }
          />
        ))}
      </List>
    </div>
  )
}
