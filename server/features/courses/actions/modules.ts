// Creates, renames, moves, removes and restores the modules of a course. Rights were asked by the door.

import type { DoneTo } from '#protocol/audit/verbs.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, type CourseModule, courseScope, type ModuleId } from '#protocol/courses.ts'
import { type AuditRecord, audit } from '#server/features/audit/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import { courseContext, getCourse, itemOf, moduleOf } from '../queries/course.ts'
import { demandNothingRuns } from '../queries/running.ts'
import { positionAhead, seenByAll, sightOf } from '../rules.ts'
import { items, type ModuleRow, modules } from '../tables.ts'
import { announceItem } from './announce.ts'
import { askGuards } from './guards.ts'
import { lockCourse } from './items.ts'
import { tellCourseShut } from './shut.ts'

interface OfModule {
  courseId: CourseId
  moduleId: ModuleId
}

/** What became of a module, for the log of its course. */
export const moduleEntry = (
  verb: DoneTo<'module'>,
  { id, courseId, title }: ModuleRow,
  details: Readonly<Record<string, unknown>> = {},
): AuditRecord => ({
  verb: `module.${verb}`,
  subject: { kind: 'module', id },
  context: courseContext(courseId),
  details: { courseId, title, ...details },
})

/** Every module of a course, removed ones too: their positions stay taken. In order. */
const orderOf = (courseId: string): Promise<ModuleRow[]> =>
  modules.findAll({
    where: { courseId },
    order: [
      ['position', 'asc'],
      ['id', 'asc'],
    ],
    raw: true,
  })

async function locked(
  ctx: WriteCtx,
  { courseId, moduleId }: OfModule,
  which: 'standing' | 'removed too',
): Promise<ModuleRow> {
  await getCourse(ctx, courseId)
  await lockCourse(ctx, courseId)
  const row = await modules.findOne({ where: { id: moduleId, courseId }, lock: true, raw: true })
  if (!row || (which === 'standing' && row.removedAt !== null)) throw new Problem('not-found')
  return row
}

/** Adds a module at the end. Throws `not-found`. */
export async function createModule(
  ctx: WriteCtx,
  { courseId, title }: { courseId: CourseId | string; title: string },
): Promise<CourseModule> {
  const course = await getCourse(ctx, courseId)
  await lockCourse(ctx, course.id)
  const row: ModuleRow = {
    id: newId<'Module'>(),
    courseId: course.id,
    title,
    position: positionAhead(await orderOf(course.id), null),
    hidden: false,
    version: 0,
    removedAt: null,
    removedBy: null,
  }
  await modules.create(row)
  await audit.record(ctx, moduleEntry('created', row))
  ctx.announce(courseScope, course.id, { kind: 'moduleCreated', body: { module: moduleOf(row), items: [] } })
  return moduleOf(row)
}

async function write(row: ModuleRow, change: Partial<ModuleRow>): Promise<ModuleRow> {
  const next: ModuleRow = { ...row, ...change, version: row.version + 1 }
  await modules.update({ ...change, version: next.version }, { where: { id: row.id } })
  return next
}

/** Renames a module; throws `conflict` with the current one when somebody was faster. Throws `not-found`. */
export async function changeModule(
  ctx: WriteCtx,
  input: OfModule & { version: number; title: string },
): Promise<CourseModule> {
  const row = await locked(ctx, input, 'standing')
  demand(row.version === input.version, 'conflict', { params: { current: moduleOf(row) } })
  const next = await write(row, { title: input.title })
  await audit.record(ctx, moduleEntry('renamed', next, { before: { title: row.title }, after: { title: next.title } }))
  ctx.announce(courseScope, row.courseId, { kind: 'moduleChanged', body: { module: moduleOf(next) } })
  return moduleOf(next)
}

/** Moves a module ahead of another, or to the end. The last word counts; no version is asked. Throws `not-found`. */
export async function moveModule(
  ctx: WriteCtx,
  input: OfModule & { before?: ModuleId | null | undefined },
): Promise<CourseModule> {
  const row = await locked(ctx, input, 'standing')
  const order = (await orderOf(row.courseId)).filter(one => one.id !== row.id)
  const next = await write(row, { position: positionAhead(order, input.before ?? null) })
  const ahead = order.find(one => one.id === input.before)?.title ?? null
  await audit.record(ctx, moduleEntry('moved', next, { aheadOf: ahead }))
  ctx.announce(courseScope, row.courseId, { kind: 'moduleChanged', body: { module: moduleOf(next) } })
  return moduleOf(next)
}

const standing = (moduleId: string) =>
  items.findAll({
    where: { moduleId, removedAt: null },
    order: [
      ['position', 'asc'],
      ['id', 'asc'],
    ],
    raw: true,
  })

/**
 * Removes a module with all it holds from sight. Its items keep their rows and come back with it. Throws `not-found`,
 * `still-running` while something in it goes on.
 */
export async function removeModule(ctx: WriteCtx, input: OfModule): Promise<void> {
  const row = await locked(ctx, input, 'removed too')
  if (row.removedAt !== null) return
  await demandNothingRuns(ctx, row.courseId, await standing(row.id))
  await write(row, { removedAt: ctx.now, removedBy: actorOf(ctx.who) })
  await audit.record(ctx, moduleEntry('removed', row))
  await blankEvents(ctx.client, courseScope, row.courseId, ['moduleCreated', 'moduleChanged'], {
    module: { id: row.id },
  })
  await blankEvents(ctx.client, courseScope, row.courseId, ['itemPlaced', 'itemChanged'], {
    item: { moduleId: row.id },
  })
  await blankEvents(ctx.client, courseStaffScope, row.courseId, ['draftPlaced', 'draftChanged'], {
    item: { moduleId: row.id },
  })
  await blankEvents(ctx.client, courseStaffScope, row.courseId, 'draftsOfModuleRestored', {
    items: [{ moduleId: row.id }],
  })
  await tellCourseShut(ctx, row.courseId)
  ctx.announce(courseScope, row.courseId, { kind: 'moduleRemoved', body: { id: row.id } })
  ctx.announce(courseStaffScope, row.courseId, { kind: 'draftsOfModuleRemoved', body: { moduleId: row.id } })
}

/** Undoes `removeModule`. */
export async function restoreModule(ctx: WriteCtx, input: OfModule): Promise<CourseModule> {
  const row = await locked(ctx, input, 'removed too')
  if (row.removedAt === null) return moduleOf(row)
  const next = await write(row, { removedAt: null, removedBy: null })
  await audit.record(ctx, moduleEntry('restored', next))
  await askGuards(ctx, row.courseId)
  const all = await standing(row.id)
  ctx.announce(courseScope, row.courseId, {
    kind: 'moduleCreated',
    body: { module: moduleOf(next), items: all.filter(item => seenByAll(item, next)).map(itemOf) },
  })
  ctx.announce(courseStaffScope, row.courseId, {
    kind: 'draftsOfModuleRestored',
    body: { items: all.filter(item => !seenByAll(item, next)).map(itemOf) },
  })
  return moduleOf(next)
}

/**
 * Shows what is in a module to those alone for whom it is open, or to all again. Its own title stays. Asks no rights.
 * Throws `not-found`.
 */
export async function hideModuleUntilOpen(ctx: WriteCtx, input: OfModule, hidden: 'hidden' | 'shown'): Promise<void> {
  const row = await locked(ctx, input, 'standing')
  const next = { ...row, hidden: hidden === 'hidden' }
  if (next.hidden === row.hidden) return
  await modules.update({ hidden: next.hidden }, { where: { id: row.id } })
  for (const item of await standing(row.id)) {
    const [before, after] = [sightOf(item, row), sightOf(item, next)]
    if (before !== after) await announceItem(ctx, item, before, after)
  }
}
