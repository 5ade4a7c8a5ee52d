// What happens elsewhere and is told outward: heard from the log, written down as messages in the listener's transaction.
// Where nobody asks for it, an event costs one look; nothing of what people wrote is ever taken from it.
import { schoolScope } from '#protocol/accounts/people.ts'
import { assignmentScope } from '#protocol/assignments.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseScope } from '#protocol/courses.ts'
import { gradebookScope } from '#protocol/grades.ts'
import { type RunId, runScope } from '#protocol/live.ts'
import type { EventType } from '#protocol/webhooks/events.ts'
import { homeworkKind } from '#server/features/quizzes/index.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { bindListener, type Listener } from '#server/platform/feature.ts'
import { computedGrades, lookInCourse, releasedGrades } from './actions/grades.ts'
import { tell } from './actions/tell.ts'
import { wantedOf } from './queries/endpoints.ts'
import { assignmentCourse, classOf, departmentOf, enrolmentsOf, waitingColumns } from './queries/facts.ts'

type Passes = (event: { kind: string; body: unknown }, wanted: ReadonlySet<EventType>) => boolean

/** Lets an event through only where somebody asks for one of these types. One query a turn, whatever its events. */
const asked =
  (types: readonly EventType[], passes: Passes = (_, wanted) => wanted.size > 0): NonNullable<Listener['sieve']> =>
  async ctx => {
    const wanted = await wantedOf(ctx, types)
    return event => passes(event, wanted)
  }

const classKind = 'class'

/** What is over may release what was earned in it. */
const isOver = (body: unknown): boolean => {
  const { item } = body as { item?: { kind?: string; badge?: string | null } }
  return (item?.kind === homeworkKind || item?.kind === classKind) && item.badge === 'ended'
}

const overInCourse = async (ctx: Ctx, courseId: string): Promise<boolean> =>
  (await waitingColumns(ctx, { courseId })).length > 0

const begun = (body: unknown): boolean => {
  const { item } = body as { item?: { kind?: string; badge?: string | null } }
  return item?.kind === classKind && item.badge === 'live'
}

const changed = (body: unknown): boolean => (body as { was?: unknown }).was !== undefined

const inCourse: Listener = {
  ...bindListener(courseScope, {
    name: 'webhooks.course',
    kinds: ['courseChanged', 'itemPlaced', 'itemChanged'],
    run: async (ctx, event) => {
      const { scopeId, seq, at } = event
      const courseId = scopeId as CourseId
      const source = `course ${courseId} ${seq}`
      switch (event.kind) {
        case 'courseChanged': {
          const { state } = event.body.course
          const { was } = event.body
          if (was === undefined || was === state || (state !== 'published' && state !== 'concluded')) return
          // An archived course that is taken back is as concluded as it was.
          if (state === 'concluded' && was === 'archived') return
          const data = { courseId, departmentId: await departmentOf(ctx, courseId) }
          await tell(ctx, `course.${state}`, courseId, [{ source, at, data }])
          return
        }
        case 'itemPlaced': {
          const { item } = event.body
          // Shown again while it goes on, it does not begin again.
          if (!begun(event.body) || item.detail.startedAt !== at.toISOString()) return
          await tell(ctx, 'class.started', courseId, [{ source, at, data: { runId: item.refId as RunId, courseId } }])
          return
        }
        case 'itemChanged':
          if (isOver(event.body)) await lookInCourse(ctx, courseId)
      }
    },
  }),
  sieve: async (ctx, courseId) => {
    const wanted = await wantedOf(ctx, ['course.published', 'course.concluded', 'class.started', 'grade.changed'])
    const waits = wanted.has('grade.changed') && (await overInCourse(ctx, courseId))
    const course = wanted.has('course.published') || wanted.has('course.concluded')
    return ({ kind, body }) =>
      kind === 'courseChanged'
        ? course && changed(body)
        : kind === 'itemPlaced'
          ? wanted.has('class.started') && begun(body)
          : waits && isOver(body)
  },
}

/** Who came and who went; and homework for some, which stands backstage. */
const backstage: Listener = {
  ...bindListener(courseStaffScope, {
    name: 'webhooks.backstage',
    kinds: ['peopleChanged', 'draftChanged'],
    run: async (ctx, event) => {
      const { scopeId, seq, at } = event
      if (event.kind === 'draftChanged') {
        if (isOver(event.body)) await lookInCourse(ctx, scopeId)
        return
      }
      const { brought = [], joined = [], ended = [] } = event.body
      const came = await enrolmentsOf(ctx, [...brought, ...joined])
      await tell(
        ctx,
        'enrolment.created',
        scopeId,
        came.map(({ id, accountId, role }) => ({
          source: `enrolment ${id} ${seq}`,
          at,
          data: { enrolmentId: id as never, courseId: scopeId as CourseId, accountId, role },
        })),
      )
      const went = await enrolmentsOf(ctx, ended)
      await tell(
        ctx,
        'enrolment.ended',
        scopeId,
        went.map(({ id, accountId }) => ({
          source: `enrolment ${id} ${seq}`,
          at,
          data: { enrolmentId: id as never, courseId: scopeId as CourseId, accountId },
        })),
      )
    },
  }),
  sieve: async (ctx, courseId) => {
    const wanted = await wantedOf(ctx, ['enrolment.created', 'enrolment.ended', 'grade.changed'])
    const people = wanted.has('enrolment.created') || wanted.has('enrolment.ended')
    const waits = wanted.has('grade.changed') && (await overInCourse(ctx, courseId))
    return ({ kind, body }) => (kind === 'peopleChanged' ? people && named(body) : waits && isOver(body))
  },
}

/** A head count that names nobody is of no use to whoever is outside. */
const named = (body: unknown): boolean => {
  const { brought, joined, ended } = body as { [list: string]: unknown[] | undefined }
  return [brought, joined, ended].some(one => one !== undefined && one.length > 0)
}

const classes: Listener = {
  ...bindListener(runScope, {
    name: 'webhooks.class',
    kinds: ['ended'],
    run: async (ctx, { scopeId, at, body }) => {
      const found = await classOf(ctx, scopeId)
      if (!found) return
      const courseId = found.courseId as CourseId
      const startedAt = new Date(found.startedAt).toISOString()
      const data = { runId: scopeId as RunId, courseId, startedAt, endedAt: body.endedAt }
      await tell(ctx, 'class.ended', courseId, [{ source: `class ${scopeId} ended`, at, data }])
    },
  }),
  sieve: asked(['class.ended']),
}

const handIns: Listener = {
  ...bindListener(assignmentScope, {
    name: 'webhooks.assignment',
    kinds: ['handedIn'],
    run: async (ctx, { scopeId, seq, at, body: { accountId } }) => {
      const courseId = await assignmentCourse(ctx, scopeId)
      if (courseId === undefined) return
      const data = { assignmentId: scopeId as never, courseId: courseId as CourseId, accountId }
      await tell(ctx, 'assignment.handed-in', courseId, [{ source: `assignment ${scopeId} ${seq}`, at, data }])
    },
  }),
  sieve: asked(['assignment.handed-in']),
}

const grades: Listener = {
  ...bindListener(gradebookScope, {
    name: 'webhooks.grades',
    kinds: ['gradesComputed', 'gradeItemChanged'],
    run: async (ctx, event) => {
      if (event.kind === 'gradesComputed') await computedGrades(ctx, event.body.gradeItemId, event.at)
      else await releasedGrades(ctx, event.body.item.id, event.at)
    },
  }),
  sieve: asked(['grade.changed']),
}

const told = {
  accountsCreated: 'account.created',
  accountSuspended: 'account.suspended',
  accountReactivated: 'account.reactivated',
  accountErased: 'account.erased',
} as const

const people: Listener = {
  ...bindListener(schoolScope, {
    name: 'webhooks.people',
    kinds: ['accountsCreated', 'accountSuspended', 'accountReactivated', 'accountErased'],
    run: async (ctx: WriteCtx, event) => {
      const ids = event.kind === 'accountsCreated' ? event.body.accountIds : [event.body.accountId]
      await tell(
        ctx,
        told[event.kind],
        null,
        ids.map(accountId => ({ source: `account ${accountId} ${event.seq}`, at: event.at, data: { accountId } })),
      )
    },
  }),
  sieve: asked(Object.values(told), ({ kind }, wanted) => wanted.has(told[kind as keyof typeof told])),
}

export const listeners: readonly Listener[] = [inCourse, backstage, classes, handIns, grades, people]
