// A course as it is read: rows as they travel, the states of both scopes and look-ups for later features. Changes nothing.

import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { CourseStaffState } from '#protocol/courses/staff.ts'
import {
  byPosition,
  type Course,
  type CourseId,
  type CourseItem,
  type CourseModule,
  type CourseState,
} from '#protocol/courses.ts'
import type { ContextRef } from '#server/features/access/index.ts'
import { namesFrom } from '#server/features/audit/index.ts'
import type { StandingCounts } from '#server/features/organisation/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { type Sight, sightOf } from '../rules.ts'
import { type CourseRow, courses, type ItemRow, items, type ModuleRow, modules } from '../tables.ts'

/** The context in the tree of access that a course's roles are held in. */
export const courseContext = (courseId: CourseId | string): ContextRef => ({ kind: 'course', id: courseId })

/** A row as it travels. */
export const courseOf = (row: CourseRow): Course => ({
  id: row.id,
  title: row.title,
  shortName: row.shortName,
  summary: row.summary,
  timeZone: row.timeZone,
  language: row.language,
  state: row.state,
  departmentId: row.departmentId,
  termId: row.termId,
  template: row.template,
  version: row.version,
})

/** A row as it travels. */
export const moduleOf = (row: ModuleRow): CourseModule => ({
  id: row.id,
  title: row.title,
  position: row.position,
  version: row.version,
})

/** A row as it travels. */
export const itemOf = (row: ItemRow): CourseItem => ({
  id: row.id,
  moduleId: row.moduleId,
  kind: row.kind,
  refId: row.refId,
  title: row.title,
  position: row.position,
  ...(row.under.length > 0 ? { under: row.under } : {}),
  published: row.published,
  badge: row.badge,
  detail: row.detail,
  version: row.version,
})

/** The course, or `not-found`; a removed one is not there. Asks no rights. */
export async function getCourse(_ctx: Ctx, courseId: CourseId | string): Promise<CourseRow> {
  const row = await courses.findOne({ where: { id: courseId, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** The placement of a thing, or undefined when it was never placed or was removed. Asks no rights. */
export async function findItem(
  ctx: Ctx,
  { kind, refId }: { kind: string; refId: string },
): Promise<CourseItem | undefined> {
  const [row] = await ctx.sql<{ id: string }>(
    `select i.id from items i left join modules m on m.id = i.module_id
      where i.kind = $1 and i.ref_id = $2 and i.removed_at is null and m.removed_at is null`,
    [kind, refId],
  )
  const found = row && (await items.findByPk(row.id, { raw: true }))
  return found ? itemOf(found) : undefined
}

/** Items that stand in the course: not removed, nor in a removed module. In order. `within`: all modules, where they were read. */
export async function listItems(
  _ctx: Ctx,
  courseId: CourseId | string,
  seen: 'by everybody' | 'by staff alone',
  within?: readonly ModuleRow[],
): Promise<CourseItem[]> {
  const rows = await items.findAll({ where: { courseId, removedAt: null }, raw: true })
  const all = within ?? (await modules.findAll({ where: { courseId }, raw: true }))
  const around = new Map(all.map(one => [one.id, one]))
  const wanted: Sight = seen === 'by everybody' ? 'published' : 'draft'
  return rows
    .filter(row => sightOf(row, row.moduleId === null ? null : (around.get(row.moduleId) ?? null)) === wanted)
    .map(itemOf)
    .sort(byPosition)
}

/** The state of the course scope. Throws `not-found`. */
export async function courseState(ctx: Ctx, courseId: string): Promise<CourseState> {
  const row = await getCourse(ctx, courseId)
  const all = await modules.findAll({ where: { courseId }, raw: true })
  return {
    course: courseOf(row),
    modules: all
      .filter(one => one.removedAt === null)
      .map(moduleOf)
      .sort(byPosition),
    items: await listItems(ctx, courseId, 'by everybody', all),
  }
}

/** The state of the staff's scope. Throws `not-found`. */
export async function courseStaffState(ctx: Ctx, courseId: string): Promise<CourseStaffState> {
  await getCourse(ctx, courseId)
  const [counted] = await ctx.sql<{ people: number }>(
    'select count(*)::int as people from enrolments where course_id = $1 and ended_at is null',
    [courseId],
  )
  return {
    drafts: await listItems(ctx, courseId, 'by staff alone'),
    people: counted?.people ?? 0,
  }
}

/**
 * Accounts that are enrolled in the course now, those with one of `roles` when given; in the order of their ids. A list of
 * who is there: what each of them may, the law of the place says.
 */
export async function listMemberIds(
  ctx: Ctx,
  courseId: CourseId | string,
  roles?: readonly CourseRole[],
): Promise<AccountId[]> {
  const rows = await ctx.sql<{ account_id: AccountId }>(
    `select e.account_id from enrolments e
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
      where e.course_id = $1 and e.ended_at is null and ($2::text[] is null or r.role = any($2))
      order by e.account_id`,
    [courseId, roles ? [...roles] : null],
  )
  return rows.map(row => row.account_id)
}

/** Those who run a course: its instructors. Who is in it with a role made here may lack what that takes. */
export async function listInstructors(ctx: Ctx, courseId: string): Promise<AccountId[]> {
  const rows = await ctx.sql<{ account_id: AccountId }>(
    `select e.account_id from enrolments e
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
      where e.course_id = $1 and e.ended_at is null and r.role = 'instructor' and r.custom is null`,
    [courseId],
  )
  return rows.map(row => row.account_id)
}

/** How many of those the course has beside one account. */
export async function countOtherInstructors(ctx: Ctx, courseId: string, accountId: string): Promise<number> {
  return (await listInstructors(ctx, courseId)).filter(id => id !== accountId).length
}

/** What a person gets of this feature with their data: the courses they are or were in. */
export async function exportEnrolments(ctx: Ctx, accountId: AccountId): Promise<Record<string, unknown>> {
  return {
    enrolments: await ctx.sql(
      `select c.title, e.how, e.at, e.ended_at from enrolments e join courses c on c.id = e.course_id
        where e.account_id = $1 order by e.at`,
      [accountId],
    ),
  }
}

const titlesIn = (of: 'courses' | 'modules' | 'items') => async (ctx: Ctx, ids: readonly string[]) => {
  const rows = await ctx.sql<{ id: string; title: string }>(`select id, title from ${of} where id = any($1::uuid[])`, [
    ids,
  ])
  return new Map(rows.map(row => [row.id, row.title]))
}

/** The titles of courses, by id; removed ones too. */
export const courseTitles = titlesIn('courses')
/** The same of modules. */
export const moduleTitles = titlesIn('modules')
/** The same of items. */
export const itemTitles = titlesIn('items')

/** The kinds of items that the trail speaks of by their own ids. */
export const placedThings = [
  ...['activity', 'assignment', 'class', 'file', 'folder', 'forum', 'glossary', 'homework', 'lesson'],
  ...['link', 'meeting', 'package', 'page', 'survey'],
] as const

/** What things of one kind of item are called in their courses, by their own ids. */
export const placedTitles = (kind: string) =>
  namesFrom(`select ref_id as id, title as name from items where kind = '${kind}' and ref_id = any($1::uuid[])`)

/** The ids of the things of one kind that stand in a course, drafts too. Asks no rights. */
export async function standingRefs(ctx: Ctx, courseId: CourseId, kind: string): Promise<string[]> {
  const rows = await ctx.sql<{ ref_id: string }>(
    `select i.ref_id from items i left join modules m on m.id = i.module_id
      where i.course_id = $1 and i.kind = $2 and i.removed_at is null and m.removed_at is null
      order by i.ref_id`,
    [courseId, kind],
  )
  return rows.map(row => row.ref_id)
}

/** How many courses stand in departments or terms. One query. */
export const countCourses: StandingCounts = async (ctx, where, ids, which) => {
  const column = where === 'departments' ? 'department_id' : 'term_id'
  const rows = await ctx.sql<{ id: string; many: number }>(
    `select ${column} as id, count(*)::int as many from courses
      where ${column} = any($1::uuid[]) and ($2 or removed_at is null) group by ${column}`,
    [[...ids], which === 'the bin too'],
  )
  return new Map(rows.map(row => [row.id, row.many]))
}

/** SQL: what the places of courses are called. */
export const courseNames = 'select id, title as name, short_name as also from courses where removed_at is null'
/** The same of items. */
export const itemNames = "select id, title as name, '' as also from items where removed_at is null"
