// A meeting: when it is and what about, the way in, and for its staff who came. It opens in a tab of its own.
import { Pencil, Video } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { LockedPage } from '#client/features/conditions/LockedPage.tsx'
import { showItem, useCourse } from '#client/features/courses/store.ts'
import { clockTimeHere, timeZone, weekdayAndDate } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Meeting } from '#protocol/meetings.ts'
import { Attendance } from './Attendance.tsx'
import { JoinButton } from './JoinButton.tsx'
import { MeetingForm } from './MeetingForm.tsx'
import { changeMeeting, getMeeting } from './store.ts'

/** When it is, by the reader's clocks. */
function whenOf({ startsAt, endsAt }: Meeting): string {
  if (startsAt === null || endsAt === null) return t('meetings.anyTime')
  const day = weekdayAndDate(new Date(startsAt))
  return t('meetings.when', { day, from: clockTimeHere(startsAt), to: clockTimeHere(endsAt) })
}

/** /courses/:courseId/meetings/:meetingId */
export function MeetingPage({ params: { courseId, meetingId } }: PageProps<'meeting'>) {
  const of = { courseId, meetingId }
  const view = useCourse(courseId)
  const [editing, setEditing] = useState(false)
  const { value, problem, reload } = useLoad(meetingId, () => getMeeting(of))
  // The item carries the meeting's version: it says when to read again, and when the meeting is taken away.
  const item = view.items.value.find(one => one.kind === 'meeting' && one.refId === meetingId)
  const newest = `${item?.detail.version} ${item?.published}`
  useEffect(() => {
    if (item) reload()
  }, [newest])
  usePageTitle(value?.meeting.title ?? t('meetings.meeting'))

  const course = view.course.value?.course
  const home = { label: course?.title ?? t('courses.courseTitle'), href: pathTo('course', { courseId }) }
  if (problem?.code === 'not-found' || view.status.value === 'closed')
    return (
      <div class="stack">
        <PageHeader title={t('meetings.goneTitle')} lead={t('meetings.goneDetail')} />
        <div>
          <ButtonLink href={home.href}>{home.label}</ButtonLink>
        </div>
      </div>
    )
  if (problem?.code === 'locked') return <LockedPage courseId={courseId} onRetry={reload} />
  if (problem && !value)
    return (
      <ErrorState
        page
        title={t('meetings.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  if (!value) return <Skeleton form="page" />
  const { meeting, mayChange, maySeeAttendance, visit } = value
  const over = meeting.endsAt !== null && Date.parse(meeting.endsAt) < serverNow()
  return (
    <article class="stack-loose">
      <PageHeader
        title={meeting.title}
        parent={home}
        actions={
          mayChange && (
            <Button icon={Pencil} onClick={() => setEditing(true)}>
              {t('meetings.edit')}
            </Button>
          )
        }
      />
      {mayChange && item && !item.published && (
        <Banner
          action={
            <Button size="small" onClick={() => void showItem(courseId, item, 'published')}>
              {t('content.publish')}
            </Button>
          }
        >
          {t('meetings.draft')}
        </Banner>
      )}
      <p class="figures">
        {whenOf(meeting)}
        {over && <span class="muted"> · {t('meetings.over')}</span>}
      </p>
      {meeting.note && (
        <p class="reading" dir="auto" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {meeting.note}
        </p>
      )}
      <div class="stack-tight">
        <JoinButton key={meetingId} of={of} host={meeting.host} icon={Video} onJoined={reload} />
        <p class="muted" style={{ overflowWrap: 'anywhere' }}>
          {t('meetings.elsewhere', { host: meeting.host })}
        </p>
        {visit && (
          <p class="muted">
            {t('meetings.youCame')} <Time at={visit.lastAt} form="dayAndTime" />
            {visit.seconds !== null && ` · ${t('meetings.stayed', { minutes: Math.round(visit.seconds / 60) })}`}
          </p>
        )}
      </div>
      {maySeeAttendance && (
        <Attendance of={of} told={meeting.server?.kind === 'bigbluebutton'} over={over} ownVisit={visit?.lastAt} />
      )}
      {editing && (
        <Dialog open onClose={() => setEditing(false)} title={t('meetings.edit')}>
          <MeetingForm
            courseId={courseId}
            meeting={meeting}
            zone={course?.timeZone ?? timeZone.value}
            save={t('meetings.save')}
            onClose={() => setEditing(false)}
            onSave={async words => {
              await changeMeeting({ ...of, ...words, version: meeting.version } as Parameters<typeof changeMeeting>[0])
              setEditing(false)
              reload()
            }}
          />
        </Dialog>
      )}
    </article>
  )
}
