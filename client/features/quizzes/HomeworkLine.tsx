// The line under a homework on the course home: for whom, until when, and for staff how many have handed in.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { dueTime } from '#client/features/activities/course-facts.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import type { CourseItem } from '#protocol/courses.ts'
import { quizRoutes } from '#protocol/quizzes.ts'

type State = Output<typeof quizRoutes.states>['items'][number]

const states = signal<ReadonlyMap<string, State>>(new Map())
const asked = new Map<string, number>()
const freshMs = 5_000

/** Reads how far the homework of a course has come: once for all lines that are drawn together. */
async function readStates(courseId: string): Promise<void> {
  if (Date.now() - (asked.get(courseId) ?? 0) < freshMs) return
  asked.set(courseId, Date.now())
  try {
    const { items } = await request(quizRoutes.states, { courseId } as InputBefore<typeof quizRoutes.states>)
    states.value = new Map([...states.peek(), ...items.map(one => [one.deliveryId as string, one] as const)])
  } catch {
    asked.delete(courseId)
  }
}

type LineProps = { readonly item: CourseItem; readonly courseId: string; readonly staff: boolean }

/** The words. */
export function HomeworkLine({ item: { detail, refId }, courseId, staff }: LineProps) {
  useEffect(() => {
    if (staff) void readStates(courseId)
  }, [courseId, staff])
  const state = staff ? states.value.get(refId) : undefined
  const words = [
    typeof detail.classTitle === 'string' && !staff && t('activities.catchUpOf', { title: detail.classTitle }),
    detail.audience === 'unanswered' && staff && t('activities.givenToSome'),
    typeof detail.dueAt === 'string' && t('activities.due', { when: dueTime(courseId, detail.dueAt) }),
    state && t('activities.handedInOf', { handedIn: state.handedIn, given: state.given }),
  ]
  return <>{words.filter(Boolean).join(' · ')}</>
}
