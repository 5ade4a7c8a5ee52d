// A meeting: when it is and what about, the way in, and for its staff who came. It opens in a tab of its own.
import { Pencil, Video } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { clockTimeHere, timeZone, weekdayAndDate } from '#client/platform/dates.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
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
  const [editing, setEditing] = useState(false)
  const page = useItemPage({
    ...{ courseId, kind: 'meeting', refId: meetingId, word: 'meetings.meeting' },
    load: () => getMeeting(of),
    titleOf: ({ meeting }) => meeting.title,
  })
  if (!page.value)
    return (
      <ItemAway
        page={page}
        goneTitle="meetings.goneTitle"
        goneDetail="meetings.goneDetail"
        loadFailed="meetings.loadFailed"
      />
    )
  const { reload } = page
  const { meeting, mayChange, maySeeAttendance, visit } = page.value
  const over = meeting.endsAt !== null && Date.parse(meeting.endsAt) < serverNow()
  return (
    <ItemPage
      page={page}
      title={meeting.title}
      actions={
        mayChange && (
          <Button icon={Pencil} onClick={() => setEditing(true)}>
            {t('meetings.edit')}
          </Button>
        )
      }
      mayChange={mayChange}
      draft="meetings.draft"
    >
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
            zone={page.course?.timeZone ?? timeZone.value}
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
    </ItemPage>
  )
}
