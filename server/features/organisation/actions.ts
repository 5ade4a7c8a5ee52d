// Makes, changes and removes departments and terms. A department is a place in the tree of contexts: roles held in it
// hold in its courses. Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { DepartmentId, FreeDays, TermId } from '#protocol/organisation.ts'
import { type ContextRef, createContext, moveContext, removeContext, site } from '#server/features/access/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { countStanding, heightOf, upFrom } from './queries.ts'
import { demandDays, demandPlace, keptFreeDays } from './rules.ts'
import { departments, terms } from './tables.ts'

/** The place of a department in the tree; of none, the site. */
export const departmentContext = (id: DepartmentId | null): ContextRef =>
  id === null ? site : { kind: 'department', id }

// 'lect' and 'dept' in ASCII: moves go one after the other, or two could make a loop together.
const treeLock = [0x6c656374, 0x64657074]

const record = (ctx: WriteCtx, kind: 'department' | 'term', verb: string, id: string, details: object) =>
  audit.record(ctx, { verb: `${kind}.${verb}`, subject: { kind, id }, details: { ...details } })

async function demandBelow(ctx: WriteCtx, id: DepartmentId, parentId: DepartmentId | null): Promise<void> {
  await ctx.sql('select pg_advisory_xact_lock($1, $2)', treeLock)
  const above = parentId === null ? [] : await upFrom(ctx, parentId)
  demand(parentId === null || above.length > 0, 'not-found')
  demandPlace(id, above, await heightOf(ctx, id))
}

/** Adds a department. Throws `not-found` for a parent that is none, `malformed` past the eighth level. */
export async function createDepartment(
  ctx: WriteCtx,
  { name, parentId }: { name: string; parentId: DepartmentId | null },
): Promise<DepartmentId> {
  const id = newId<'Department'>()
  await demandBelow(ctx, id, parentId)
  await departments.create({ id, name, parentId, version: 0 })
  await createContext(ctx, departmentContext(id), departmentContext(parentId))
  await record(ctx, 'department', 'created', id, { name, parentId })
  return id
}

type Given<T> = { [K in keyof T]?: T[K] | undefined }

/** What was given, without what was left out. */
const givenOf = <T extends object>(given: Given<T>): Partial<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>

const beforeOf = (row: object, change: object) =>
  Object.fromEntries(Object.keys(change).map(key => [key, row[key as keyof typeof row]]))

/**
 * Renames or moves a department with all below it. Throws `not-found`, `conflict` with the current one, `malformed` for
 * a loop.
 */
export async function changeDepartment(
  ctx: WriteCtx,
  {
    departmentId: id,
    version,
    ...given
  }: { departmentId: DepartmentId; version: number } & Given<{
    name: string
    parentId: DepartmentId | null
  }>,
): Promise<void> {
  const row = await departments.findByPk(id, { lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: { name: row.name, version: row.version } } })
  const change = givenOf<{ name: string; parentId: DepartmentId | null }>(given)
  if (change.parentId !== undefined && change.parentId !== row.parentId) {
    await demandBelow(ctx, id, change.parentId)
    await moveContext(ctx, departmentContext(id), departmentContext(change.parentId))
  }
  await departments.update({ ...change, version: version + 1 }, { where: { id } })
  await record(ctx, 'department', 'changed', id, { before: beforeOf(row, change), after: change })
}

/** Takes an empty department away, with the roles held in it. Throws `department-not-empty` while anything stands in it. */
export async function removeDepartment(ctx: WriteCtx, id: DepartmentId): Promise<void> {
  const row = await departments.findByPk(id, { lock: true, raw: true })
  if (!row) return
  const below = await departments.count({ where: { parentId: id } })
  demand(
    below === 0 && (await countStanding(ctx, 'departments', [id], 'the bin too')).size === 0,
    'department-not-empty',
  )
  await departments.destroy({ where: { id } })
  await removeContext(ctx, departmentContext(id))
  await record(ctx, 'department', 'removed', id, { name: row.name })
}

interface TermWords {
  name: string
  startsOn: string
  endsOn: string
  freeDays: FreeDays[]
}

/** Adds a term. Throws `malformed` when it, or a free time in it, ends before it begins, and past the most free days. */
export async function createTerm(ctx: WriteCtx, given: TermWords): Promise<TermId> {
  demandDays(given)
  const words = { ...given, freeDays: keptFreeDays(given.freeDays) }
  const id = newId<'Term'>()
  await terms.create({ ...words, id, version: 0 })
  await record(ctx, 'term', 'created', id, words)
  return id
}

/** Changes a term. Throws `not-found`, `conflict` with the current one, and `malformed` as `createTerm` does. */
export async function changeTerm(
  ctx: WriteCtx,
  { termId: id, version, ...given }: { termId: TermId; version: number } & Given<TermWords>,
): Promise<void> {
  const row = await terms.findByPk(id, { lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  demand(row.version === version, 'conflict', { params: { current: { name: row.name, version: row.version } } })
  const change = givenOf<TermWords>({ ...given, freeDays: given.freeDays && keptFreeDays(given.freeDays) })
  demandDays({ startsOn: change.startsOn ?? row.startsOn, endsOn: change.endsOn ?? row.endsOn })
  await terms.update({ ...change, version: version + 1 }, { where: { id } })
  await record(ctx, 'term', 'changed', id, { before: beforeOf(row, change), after: change })
}

/** Takes a term away. Throws `term-in-use` while a course stands in it, the bin included. */
export async function removeTerm(ctx: WriteCtx, id: TermId): Promise<void> {
  const row = await terms.findByPk(id, { lock: true, raw: true })
  if (!row) return
  demand((await countStanding(ctx, 'terms', [id], 'the bin too')).size === 0, 'term-in-use')
  await terms.destroy({ where: { id } })
  await record(ctx, 'term', 'removed', id, { name: row.name })
}
