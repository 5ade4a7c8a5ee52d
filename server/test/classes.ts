// Classes for tests: a course with its people, a quiz whose words are easy to find in a frame, guests who come in by
// code. Arranges through the product's own actions.
import type { ActivityId, ItemId } from '#protocol/activities.ts'
import { type AccountId, sessionId } from '#protocol/base/ids.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { CourseId } from '#protocol/courses.ts'
import { liveRoutes, type Run, type RunId } from '#protocol/live.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { addItem, createActivity } from '#server/features/activities/index.ts'
import { createCourse, enrol } from '#server/features/courses/index.ts'
import type { Who } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { atEndOfFile } from './endings.ts'
import { arrange, makeAccount, signedInClient } from './factories.ts'
import { openClient, type TestClient } from './test-client.ts'

/** Somebody as `ctx.who`, for arranging as them. */
export const whoIs = (accountId: AccountId, name = 'Somebody'): Who => ({
  kind: 'account',
  accountId,
  sessionId: sessionId.parse(newId()),
  siteRole: 'member',
  name,
})

export interface TestCourse {
  readonly courseId: CourseId
  readonly instructorId: AccountId
}

/** A course with its instructor. */
export async function makeCourse(title = 'Cells'): Promise<TestCourse> {
  const instructorId = await makeAccount({ name: 'Ines Instructor' })
  const course = await arrange(ctx => createCourse(ctx, { title, shortName: '', summary: '', timeZone: 'UTC' }), {
    who: whoIs(instructorId, 'Ines Instructor'),
  })
  return { courseId: course.id, instructorId }
}

/** Somebody new in a course. */
export async function makePerson(courseId: CourseId, role: CourseRole, name: string): Promise<AccountId> {
  const accountId = await makeAccount({ name })
  await arrange(ctx => enrol(ctx, { courseId, accountId, role, how: 'by hand' }))
  return accountId
}

/** Single choice over four options a to d; b is right. */
export const question = (prompt: string): WrittenQuestion => ({
  type: 'single',
  body: { prompt, options: ['a', 'b', 'c', 'd'].map(id => ({ id, text: `Option ${id} of ${prompt}` })) },
  key: { optionIds: ['b'] },
})

export interface TestQuiz {
  readonly activityId: ActivityId
  readonly itemIds: readonly ItemId[]
}

/** A quiz with these prompts, one item each. */
export const makeQuiz = (
  { courseId, instructorId }: TestCourse,
  prompts: readonly string[],
  settings: Record<string, unknown> = { limitSeconds: null },
): Promise<TestQuiz> =>
  arrange(
    async ctx => {
      const activity = await createActivity(ctx, { courseId, kind: 'quiz', title: 'Quiz', settings, place: false })
      const itemIds: ItemId[] = []
      for (const prompt of prompts)
        itemIds.push((await addItem(ctx, { activityId: activity.id, question: question(prompt), points: '1' })).id)
      return { activityId: activity.id, itemIds }
    },
    { who: whoIs(instructorId) },
  )

/** A guest who came in by code with a name: their cookie was set by joining, their socket opened with it. */
export async function guestClient(
  node: { readonly url: string },
  code: string,
  name: string,
): Promise<TestClient & { readonly runId: RunId }> {
  const stranger = await openClient(node.url)
  const { runId } = await stranger.request(liveRoutes.join, { code, name })
  const token = stranger.cookie().split('=')[1]
  stranger.close()
  const client = await openClient(node.url, token)
  atEndOfFile(async () => client.close())
  return { ...client, runId }
}

export interface TestClass {
  readonly course: TestCourse
  readonly quiz: TestQuiz
  readonly run: Run
  readonly code: string
  readonly host: TestClient & { readonly accountId: AccountId }
}

/** A running class with a quiz on its agenda, started by its instructor on `node`. */
export async function startClass(
  node: { readonly url: string },
  prompts: readonly string[] = ['What is a cell', 'What is a nucleus'],
  settings?: Record<string, unknown>,
): Promise<TestClass> {
  const course = await makeCourse()
  const quiz = await makeQuiz(course, prompts, settings)
  const host = await signedInClient(node, { accountId: course.instructorId })
  const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [quiz.activityId] })
  return { course, quiz, run, code: run.code ?? '', host }
}
