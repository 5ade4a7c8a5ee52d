// For administrators: whether mail is set up and how it does, what did not leave and why, and a mail to try it.
import { Mail, TriangleAlert } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { type MailFate, mailRoutes } from '#protocol/mail.ts'
import { fateWords, reasonWords } from './words.ts'

const said = ({ answer }: MailFate): string => (answer === '' ? '' : t('mail.said', { answer }))

export function MailSection() {
  const { value, problem, reload } = useLoad('mail', () => request(mailRoutes.get, {}))
  const [tried, setTried] = useState<{ readonly tone: 'good' | 'bad'; readonly words: string }>()
  const [busy, setBusy] = useState(false)

  const test = async () => {
    setBusy(true)
    setTried(undefined)
    try {
      const { to, fate } = await request(mailRoutes.test, {})
      const words = [t('mail.testFailed'), reasonWords(fate), said(fate)].filter(one => one !== '').join(' ')
      setTried(fate.state === 'sent' ? { tone: 'good', words: t('mail.testSent', { to }) } : { tone: 'bad', words })
    } catch (error) {
      setTried({ tone: 'bad', words: problemWords(error) })
    } finally {
      setBusy(false)
      reload()
    }
  }

  const on = value && value.server !== null
  return (
    <Section
      title={t('mail.title')}
      actions={
        on && (
          <Button icon={Mail} busy={busy} onClick={() => void test()}>
            {t('mail.test')}
          </Button>
        )
      }
    >
      {!value ? (
        problem ? (
          <ErrorState title={t('mail.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="text" />
        )
      ) : value.server === null || value.from === null ? (
        <p class="muted">
          <strong>{t('mail.off')}.</strong> {t('mail.offLead')}
        </p>
      ) : (
        <div class="stack">
          <p class="muted">
            {t('mail.way', { server: value.server, from: value.from })}{' '}
            {t('mail.counted', { sent: value.sent, failed: value.failed, waiting: value.waiting })}
          </p>
          {tried && <Banner tone={tried.tone}>{tried.words}</Banner>}
          {value.troubles.length > 0 && (
            <div class="card" data-flush>
              <List label={t('mail.troubles')}>
                {value.troubles.map((fate, index) => (
                  <Row
                    key={`${fate.at} ${index}`}
                    start={<Icon as={TriangleAlert} size={20} />}
                    title={fateWords(fate)}
                    detail={
                      <>
                        <Time at={fate.at} form="dayAndTime" /> {said(fate) && `· ${said(fate)}`}
                      </>
                    }
                  />
                ))}
              </List>
            </div>
          )}
        </div>
      )}
    </Section>
  )
}
