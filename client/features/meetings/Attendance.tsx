// Who came to a meeting, for its staff: learners who did not come too. It is read again when the reader comes back to the
// page, and now and then until the meeting is over: how long people stay grows without anything happening.
import { RefreshCw, Users } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Attendant } from '#protocol/meetings.ts'
import { attendanceFile, type OfMeeting, wholeAttendance } from './store.ts'

interface AttendanceProps {
  readonly of: OfMeeting
  /** Whether the server tells how long people stay. */
  readonly told: boolean
  /** It is over: nobody comes any more. */
  readonly over: boolean
  /** When the reader came themselves. */
  readonly ownVisit: string | undefined
}

const everyMs = 30_000
/** A longer list is read when the reader asks. */
const mostUnasked = 200

const minutesOf = ({ visit }: Attendant) => (visit?.seconds == null ? undefined : Math.round(visit.seconds / 60))

const columns = (told: boolean): Column<Attendant>[] => [
  { key: 'name', head: t('meetings.person'), value: one => one.name, rowHead: true, sortable: true },
  {
    key: 'joined',
    head: t('meetings.joined'),
    value: one => (one.visit ? 1 : 0),
    copied: one => (one.visit ? t('meetings.yes') : t('meetings.no')),
    sortable: true,
    cell: one =>
      one.visit ? <Badge tone="good">{t('meetings.yes')}</Badge> : <span class="muted">{t('meetings.no')}</span>,
  },
  {
    key: 'firstAt',
    head: t('meetings.firstAt'),
    value: one => one.visit?.firstAt,
    sortable: true,
    cell: one => one.visit && <Time at={one.visit.firstAt} form="dayAndTime" />,
  },
  ...(told ? [{ key: 'minutes', head: t('meetings.minutes'), value: minutesOf, numeric: true, sortable: true }] : []),
  {
    key: 'presses',
    head: t('meetings.presses'),
    value: one => one.visit?.presses ?? 0,
    numeric: true,
    sortable: true,
  },
]

export function Attendance({ of, told, over, ownVisit }: AttendanceProps) {
  const [asked, setAsked] = useState(false)
  const { value, problem, loading, reload } = useLoad(of.meetingId, () => wholeAttendance(of))
  const following = !over && (value?.length ?? 0) <= mostUnasked
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') reload()
    }
    const ticking = following ? setInterval(look, everyMs) : undefined
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(ticking)
      document.removeEventListener('visibilitychange', look)
    }
  }, [reload, following])
  useEffect(() => {
    if (ownVisit !== undefined) reload()
  }, [ownVisit])
  useEffect(() => {
    if (!loading) setAsked(false)
  }, [loading])
  return (
    <Section
      title={t('meetings.attendance')}
      actions={
        <Button
          size="small"
          kind="quiet"
          icon={RefreshCw}
          busy={asked && loading}
          onClick={() => {
            setAsked(true)
            reload()
          }}
        >
          {t('meetings.refresh')}
        </Button>
      }
    >
      {problem && !value ? (
        <ErrorState
          title={t('meetings.attendanceFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !value ? (
        <Skeleton form="rows" />
      ) : (
        <div class="stack">
          <p class="muted">
            {value.length > 0 &&
              `${t('meetings.joinedOf', { joined: value.filter(one => one.visit).length, all: value.length })}. `}
            {told ? t('meetings.attendanceTold') : t('meetings.attendanceLead')}
          </p>
          <Table
            label={t('meetings.attendance')}
            columns={columns(told)}
            rows={value}
            rowKey={one => one.accountId}
            sortBy={{ key: 'joined', down: true }}
            download={{ href: attendanceFile(of), label: t('meetings.download') }}
            empty={
              <EmptyState icon={Users} title={t('meetings.nobody')}>
                {t('meetings.nobodyLead')}
              </EmptyState>
            }
          />
        </div>
      )}
    </Section>
  )
}
