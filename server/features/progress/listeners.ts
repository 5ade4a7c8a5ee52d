// Hears what makes somebody get on that is announced elsewhere: that something was handed in or played, a survey answered, or a
// lesson gone through; and whatever of a person's or a course's may make somebody complete the course.
import { userScope } from '#protocol/accounts.ts'
import { assignmentScope } from '#protocol/assignments.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type CourseId, courseScope } from '#protocol/courses.ts'
import { lessonStaffScope } from '#protocol/lessons.ts'
import { packageScope } from '#protocol/packages.ts'
import { surveyScope } from '#protocol/surveys.ts'
import { courseOfAssignment } from '#server/features/assignments/index.ts'
import { courseOfLesson } from '#server/features/lessons/index.ts'
import { courseOfPackage } from '#server/features/packages/index.ts'
import { courseOfSurvey } from '#server/features/surveys/index.ts'
import { bindListener, type Listener } from '#server/platform/feature.ts'
import { tellMoved } from './actions/items.ts'
import { settleAll, settleSoon } from './actions/settle.ts'
import { findCourseRule, ruledCoursesOf } from './queries/course.ts'

export const handedInListener = bindListener(assignmentScope, {
  name: 'progress.handed-in',
  kinds: ['handedIn'],
  run: async (ctx, { scopeId, actor }) => {
    tellMoved(ctx, await courseOfAssignment(scopeId))
    if (actor) await settleSoon(ctx, [actor])
  },
})

export const playedListener = bindListener(packageScope, {
  name: 'progress.played',
  kinds: ['attempted'],
  run: async (ctx, { scopeId }) => tellMoved(ctx, await courseOfPackage(scopeId)),
})

export const answeredListener = bindListener(surveyScope, {
  name: 'progress.survey',
  kinds: ['answered', 'cleared'],
  run: async (ctx, { scopeId }) => tellMoved(ctx, await courseOfSurvey(scopeId)),
})

export const finishedListener = bindListener(lessonStaffScope, {
  name: 'progress.lesson',
  kinds: ['finished'],
  run: async (ctx, { scopeId }) => tellMoved(ctx, await courseOfLesson(scopeId)),
})

/** A person of whom something is another: what they did themselves is told so. Most learn where nothing is to be settled. */
export const ownListener: Listener = {
  ...bindListener(userScope, {
    name: 'progress.own',
    kinds: ['coursesChanged', 'gradesChanged'],
    run: async (ctx, { scopeId }) => settleSoon(ctx, [scopeId as AccountId]),
  }),
  sieve: async (ctx, accountId) => {
    const ruled = (await ruledCoursesOf(ctx, [accountId as AccountId])).length > 0
    return () => ruled
  },
}

/** An item of a course that came, went, or is over, where it completes the course. */
export const itemListener: Listener = {
  ...bindListener(courseScope, {
    name: 'progress.items',
    kinds: ['moduleCreated', 'moduleRemoved', 'itemPlaced', 'itemChanged', 'itemRemoved'],
    run: async (ctx, { scopeId }) => settleAll(ctx, scopeId as CourseId, 'record'),
  }),
  sieve: async (_ctx, courseId) => {
    const { parts } = await findCourseRule(courseId)
    const named = new Set<string>(parts.flatMap(one => (one.kind === 'items' ? one.itemIds : [])))
    return ({ kind, body }) => {
      const one = body as { id?: string; item?: { id: string } }
      return named.size > 0 && (kind.startsWith('module') || named.has(one.item?.id ?? one.id ?? ''))
    }
  },
}
