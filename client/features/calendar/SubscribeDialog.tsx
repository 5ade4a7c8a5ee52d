// The addresses under which another program reads one's calendar: made, renewed, ended. A new one is shown this once.
import { useState } from 'preact/hooks'
import { attempt } from '#client/features/courses/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { CalendarCourse, CalendarFeed } from '#protocol/calendar.ts'
import { listFeeds, renewFeed, revokeFeed } from './store.ts'

interface SubscribeDialogProps {
  readonly courses: readonly CalendarCourse[]
  readonly onClose: () => void
}

/** Open while it is mounted. */
export function SubscribeDialog({ courses, onClose }: SubscribeDialogProps) {
  const feeds = useLoad('feeds', listFeeds)
  const [made, setMade] = useState<{ courseId: string | null; address: string } | undefined>(undefined)
  const [busy, setBusy] = useState<string | null | undefined>(undefined)
  const choices = [
    { courseId: null, title: t('calendar.feedAll') },
    ...courses.map(one => ({ courseId: one.id as string, title: one.title })),
  ]

  const act = async (courseId: string | null, what: () => Promise<unknown>) => {
    setBusy(courseId)
    if (await attempt(what)) feeds.reload()
    setBusy(undefined)
  }
  const renew = (courseId: string | null) =>
    act(courseId, async () => setMade({ courseId, address: (await renewFeed(courseId)).address }))
  const revoke = (feed: CalendarFeed, title: string) =>
    act(feed.courseId, async () => {
      await revokeFeed(feed.id)
      if (made?.courseId === feed.courseId) setMade(undefined)
      showToast({ text: t('calendar.feedRevoked', { title }) })
    })

  return (
    <Dialog open onClose={onClose} title={t('calendar.subscribe')}>
      <div class="stack">
        <p class="muted">{t('calendar.subscribeLead')}</p>
        {made && (
          <Banner
            tone="warn"
            title={t('calendar.feedAddress', {
              title: choices.find(one => one.courseId === made.courseId)?.title ?? '',
            })}
          >
            <div class="stack-tight">
              <p>{t('calendar.feedOnce')}</p>
              <p class="calendar-address">
                <code>{made.address}</code>
              </p>
              <CopyButton text={made.address} kind="plain" label={t('calendar.feedCopy')} />
            </div>
          </Banner>
        )}
        {feeds.value === undefined ? (
          feeds.problem ? (
            <ErrorState title={t('calendar.feedsFailed')} detail={problemWords(feeds.problem)} onRetry={feeds.reload} />
          ) : (
            <Skeleton form="rows" count={2} />
          )
        ) : (
          <List label={t('calendar.feeds')}>
            {choices.map(({ courseId, title }) => {
              const feed = feeds.value?.items.find(one => one.courseId === courseId)
              return (
                <Row
                  key={courseId ?? 'all'}
                  title={title}
                  detail={feed ? <FeedLine feed={feed} /> : t('calendar.feedNone')}
                  end={
                    <>
                      <Button
                        size="small"
                        busy={busy === courseId}
                        aria-label={t(feed ? 'calendar.feedRenewOf' : 'calendar.feedMakeOf', { title })}
                        onClick={() => void renew(courseId)}
                      >
                        {feed ? t('calendar.feedRenew') : t('calendar.feedMake')}
                      </Button>
                      {feed && (
                        <Button
                          size="small"
                          kind="quiet"
                          aria-label={t('calendar.feedRevokeOf', { title })}
                          onClick={() => void revoke(feed, title)}
                        >
                          {t('calendar.feedRevoke')}
                        </Button>
                      )}
                    </>
                  }
                />
              )
            })}
          </List>
        )}
      </div>
    </Dialog>
  )
}

function FeedLine({ feed }: { readonly feed: CalendarFeed }) {
  return (
    <>
      {t('calendar.feedMade')} <Time at={feed.createdAt} form="day" />
      {' · '}
      {feed.fetchedAt === null ? (
        t('calendar.feedUnread')
      ) : (
        <>
          {t('calendar.feedFetched')} <Time at={feed.fetchedAt} />
        </>
      )}
    </>
  )
}
