// Homework at its own address: reads it, sends answers through the outbox, hands in. Resumes on any device.
import { effect } from '@preact/signals'
import { NotebookPen } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { courseName, dueTime } from '#client/features/activities/course-facts.ts'
import { mineOf, useSeat } from '#client/features/activities/seat.ts'
import { LockedPage } from '#client/features/conditions/LockedPage.tsx'
import { useGradesTurn } from '#client/features/grades/turn.ts'
import { request } from '#client/platform/call.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { type Homework, quizRoutes } from '#protocol/quizzes.ts'
import { attemptWords, takenOften } from './Attempts.tsx'
import { type HomeworkStand, HomeworkView, sentByButton } from './HomeworkView.tsx'

type Get = InputBefore<typeof quizRoutes.get>

/** Where the homework is at `now` (milliseconds by the server). */
export function homeworkStand(homework: Homework, now: number): HomeworkStand {
  const { opensAt, dueAt, closedAt } = homework.delivery
  if (homework.result || homework.seat.finishedAt) return 'done'
  if (closedAt || (dueAt && Date.parse(dueAt) <= now)) return 'over'
  return opensAt && Date.parse(opensAt) > now ? 'before' : 'open'
}

/** Comes when `holds` does, told by the signals it reads. */
const until = (holds: () => boolean): Promise<void> =>
  new Promise(resolve => {
    const end = () => {
      stop()
      resolve()
    }
    const stop = effect(() => {
      if (holds()) queueMicrotask(end)
    })
  })

/** Homework of others: what it is, and the way back. */
function NotForYou({ params: { courseId, title } }: { readonly params: { readonly [name: string]: unknown } }) {
  const back =
    typeof courseId === 'string'
      ? { label: courseName(courseId), href: pathTo('course', { courseId }) }
      : { label: t('courses.title'), href: pathTo('courses') }
  return (
    <div class="stack-loose">
      <PageHeader
        title={typeof title === 'string' ? title : t('activities.homework')}
        parent={back}
        badges={<Badge>{t('activities.homework')}</Badge>}
      />
      <EmptyState
        icon={NotebookPen}
        title={t('activities.notForYou')}
        action={<ButtonLink href={back.href}>{t('live.backToCourse')}</ButtonLink>}
      >
        {t('activities.notForYouDetail')}
      </EmptyState>
    </div>
  )
}

/** /quizzes/:deliveryId */
export function HomeworkPage({ params }: PageProps<'homework'>) {
  const { deliveryId } = params
  const read = useLoad(deliveryId, () => request(quizRoutes.get, { deliveryId } as Get))
  const seat = useSeat(deliveryId)
  useGradesTurn(read.reload)
  const [busy, setBusy] = useState(false)
  const homework = read.value
  usePageTitle(homework?.activity.title ?? t('app.homeworkTitle'))

  // Another tab or device may have begun a later attempt, and the close takes away one that was only looked at: page and seat
  // speak of the same.
  const attempt = homework?.seat.attempt
  const seated = seat?.view.value?.attempt
  useEffect(() => {
    if (!seat || attempt === undefined) return
    seat.at(attempt)
    if (seated === undefined || seated <= attempt) return
    void seat.load()
    read.reload()
  }, [seat, attempt, seated])

  // The page turns by itself when it opens and when it is due.
  const [, setTurn] = useState(0)
  useEffect(() => {
    const next = [homework?.delivery.opensAt, homework?.delivery.dueAt]
      .map(at => (at ? Date.parse(at) - serverNow() : 0))
      .filter(wait => wait > 0 && wait < 86_400_000)
      .sort((a, b) => a - b)[0]
    if (next === undefined) return
    const timer = setTimeout(() => setTurn(turn => turn + 1), next + 250)
    return () => clearTimeout(timer)
  }, [homework])

  const lockedIn = read.problem?.code === 'locked' ? read.problem.params.courseId : undefined
  if (typeof lockedIn === 'string') return <LockedPage courseId={lockedIn} onRetry={read.reload} />
  if (read.problem?.code === 'not-for-you') return <NotForYou params={read.problem.params} />
  if (!homework) {
    return read.problem ? (
      <ErrorState title={problemWords(read.problem)} requestId={read.problem.requestId} onRetry={read.reload} />
    ) : (
      <Skeleton form="page" />
    )
  }
  const stand = homeworkStand(homework, serverNow())
  const { dueAt } = homework.delivery
  const { finishedAt } = homework.seat
  const mine = (itemId: string) => {
    const now = mineOf(seat, itemId)
    if (now.stand.is !== 'none' || seat?.view.value) return now
    // What the page read stands until the seat is there.
    const known = homework.seat.answers.filter(one => one.itemId === itemId).sort((a, b) => b.revision - a.revision)[0]
    return known ? { move: known.move, stand: { is: 'sent' } as const } : now
  }
  /** Sends what is given and waits until every answer has arrived: false when one was refused. */
  const sendDrafts = async (): Promise<boolean> => {
    if (!seat) return true
    const drafts = homework.items.flatMap(({ id }) => {
      const { move, stand: answer } = seat.of(id)
      return answer.is === 'draft' && move ? [{ id, move }] : []
    })
    for (const { id, move } of drafts) seat.send(id, move)
    const ended = ({ id }: { readonly id: string }) => ['sent', 'refused'].includes(seat.of(id).stand.is)
    await until(() => seat.waiting.value === 0 && drafts.every(ended))
    return drafts.every(({ id }) => seat.of(id).stand.is === 'sent')
  }
  const finish = async () => {
    setBusy(true)
    try {
      if (!(await sendDrafts())) return setBusy(false)
      const { attempt } = homework.seat
      await request(quizRoutes.finish, { deliveryId, attempt } as InputBefore<typeof quizRoutes.finish>)
      read.reload()
      scrollTo({ top: 0 })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
    setBusy(false)
  }
  const again = async (attempt: number) => {
    setBusy(true)
    try {
      const begun = await request(quizRoutes.again, { deliveryId, attempt } as InputBefore<typeof quizRoutes.again>)
      seat?.at(begun.attempt)
      void seat?.load()
      announce(t('attempts.begun', { number: begun.attempt }))
      scrollTo({ top: 0 })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
    // Whatever it said: the page shows what holds.
    read.reload()
    setBusy(false)
  }
  const give = (item: Homework['items'][number], move: ActivityMove | null) => {
    // As in class: each tap is sent, the newest unsent one only; nothing picked is no answer.
    if (move === null || sentByButton(homework, item.asked)) seat?.draft(item.id, move)
    else seat?.send(item.id, move, 'instead')
  }
  const send = (itemId: string) => {
    const { move } = mineOf(seat, itemId)
    if (move) seat?.send(itemId, move)
  }
  return (
    <div class="stack-loose">
      <PageHeader
        title={homework.activity.title}
        parent={{ label: courseName(homework.courseId), href: pathTo('course', { courseId: homework.courseId }) }}
        badges={<Badge>{t('activities.homework')}</Badge>}
        lead={
          [
            takenOften(homework) && attemptWords(homework),
            homework.classTitle !== null && t('activities.catchUpOf', { title: homework.classTitle }),
            finishedAt
              ? t('activities.handedIn', { when: dayAndTime(finishedAt) })
              : dueAt && t('activities.due', { when: dueTime(homework.courseId, dueAt) }),
          ]
            .filter(Boolean)
            .join(' · ') || undefined
        }
      />
      <HomeworkView
        homework={homework}
        stand={stand}
        mine={mine}
        waiting={seat?.waiting.value ?? 0}
        busy={busy}
        onGive={give}
        onSend={send}
        onFinish={() => void finish()}
        onAgain={number => void again(number)}
      />
    </div>
  )
}
