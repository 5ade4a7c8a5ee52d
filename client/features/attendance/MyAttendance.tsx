// A learner's own attendance: every class with what was seen of them and what was corrected; and the line of one class at
// its end. Both are read again when somebody corrects something.
import { CalendarCheck } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { type Loaded, useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Card } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { attendanceRoutes, ownAttendanceId, ownAttendanceScope } from '#protocol/attendance.ts'
import type { Output } from '#protocol/base/call.ts'
import type { OwnRow } from './store.ts'
import { evidenceWords, rulesWords, standingLook } from './words.ts'
import './attendance.css'

function useMine(courseId: string): Loaded<Output<typeof attendanceRoutes.mine>> {
  const mine = useLoad(courseId, () => request(attendanceRoutes.mine, { courseId }))
  const scope = useScope(ownAttendanceScope, ownAttendanceId(courseId, person.value?.id ?? ''))
  const changes = scope.state.value?.changes
  useEffect(() => {
    if (changes !== undefined) mine.reload()
  }, [changes])
  return mine
}

/** Every class of a course. */
export function MyAttendance({ courseId }: { readonly courseId: string }) {
  const { value, problem, reload } = useMine(courseId)
  if (!value)
    return problem ? (
      <ErrorState
        title={t('attendance.failed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    ) : (
      <Skeleton form="rows" />
    )
  if (value.items.length === 0)
    return (
      <EmptyState icon={CalendarCheck} title={t('attendance.noClassesMine')}>
        {t('attendance.noClassesMineDetail')}
      </EmptyState>
    )
  return (
    <div class="stack">
      <Card flush>
        <List label={t('attendance.own')}>
          {value.items.map(one => (
            <OwnClass key={one.run.id} one={one} />
          ))}
        </List>
      </Card>
      <p class="muted attendance-rules">{rulesWords()}</p>
    </div>
  )
}

function Standing({ one }: { readonly one: OwnRow }) {
  const { word, icon, tone } = standingLook(one.run, one)
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  )
}

function OwnWords({ one }: { readonly one: OwnRow }) {
  return (
    <>
      <span class="figures">{evidenceWords(one.evidence)}</span>
      {one.mark && (
        <span class="attendance-mark">
          {one.mark.by === null ? t('attendance.corrected') : t('attendance.correctedBy', { name: one.mark.by })}
          {one.mark.note && <> · {one.mark.note}</>}
        </span>
      )}
    </>
  )
}

function OwnClass({ one }: { readonly one: OwnRow }) {
  return (
    <Row
      title={one.run.title}
      detail={
        <>
          <Time at={one.run.startedAt} form="day" /> · <OwnWords one={one} />
        </>
      }
      end={<Standing one={one} />}
      href={pathTo('class', { runId: one.run.id })}
    />
  )
}

/** How one stood in a class, at its end; nothing for whom it was not held. */
export function OwnAttendance({ courseId, runId }: { readonly courseId: string; readonly runId: string }) {
  const one = useMine(courseId).value?.items.find(({ run }) => run.id === runId)
  if (!one) return null
  return (
    <section class="attendance-own" aria-label={t('attendance.own')}>
      <div class="cluster">
        <strong>{t('attendance.own')}</strong>
        <Standing one={one} />
      </div>
      <p class="muted">
        <OwnWords one={one} />
      </p>
      <Link href={pathTo('attendance', { courseId })}>{t('attendance.openAll')}</Link>
    </section>
  )
}
