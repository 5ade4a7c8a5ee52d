// What is open and what is shut for whom: releases, the outline and what each kind of condition knows, put together by
// the rules. A fixed number of queries for any number of items, conditions and people; SQL alone, as storms ask too.
// Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Condition, conditionsIn, type LockSubject, targetOf } from '#protocol/conditions.ts'
import type { CourseItem, ItemId } from '#protocol/courses.ts'
import { may, type StandingHere } from '#server/features/access/index.ts'
import { courseContext, sightOfItem } from '#server/features/courses/index.ts'
import { actorOf, type Ctx } from '#server/platform/ctx.ts'
import { dateTruth, type Gate, type Standing, standingOf, type Truth } from '../rules.ts'
import { completionIn, type Judge, registeredKinds, type Target } from './kinds.ts'

/** Kinds of items that no lock shuts: a class is come into by its code, when it is held. */
export const lockFree: ReadonlySet<string> = new Set(['class'])

export interface StandingItem {
  readonly id: ItemId
  readonly courseId: string
  readonly moduleId: string | null
  readonly kind: string
  readonly refId: string
  readonly title: string
  /** By itself or by its module. */
  readonly hidden: boolean
  /** Everybody in the course knows of it; or those it is for do, where it is for some. */
  readonly seen: 'by all' | 'by some' | 'by none'
}

export interface StandingModule {
  readonly id: string
  readonly courseId: string
  readonly title: string
  readonly hidden: boolean
}

export interface StoredGate extends Gate {
  readonly subject: LockSubject
  readonly subjectId: string
  readonly courseId: string
  readonly version: number
}

/** What stands in courses and when it opens. */
export interface Outlook {
  readonly items: ReadonlyMap<string, StandingItem>
  readonly modules: ReadonlyMap<string, StandingModule>
  readonly gates: readonly StoredGate[]
}

const date = (at: Date | null): Date | null => at && new Date(at)

/** The releases of these courses that say something. One query. */
export async function gatesIn(ctx: Ctx, courseIds: readonly string[]): Promise<StoredGate[]> {
  const rows = await ctx.sql<StoredGate>(
    `select r.subject, r.subject_id as "subjectId", r.course_id as "courseId", r.opens_at as "opensAt",
            r.closes_at as "closesAt", r.tree, r.version
       from releases r
      where r.course_id = any($1::uuid[])
        and (r.opens_at is not null or r.closes_at is not null or r.tree is not null)`,
    [[...courseIds]],
  )
  return rows.map(row => ({ ...row, opensAt: date(row.opensAt), closesAt: date(row.closesAt) }))
}

/** What stands in these courses, drafts too, with its releases. Two queries and those of `gates`. */
export async function outlookOf(
  ctx: Ctx,
  courseIds: readonly string[],
  gates?: readonly StoredGate[],
): Promise<Outlook> {
  const found = gates ?? (await gatesIn(ctx, courseIds))
  const modules = await ctx.sql<StandingModule>(
    `select id, course_id as "courseId", title, hidden from modules
      where course_id = any($1::uuid[]) and removed_at is null order by position, id`,
    [[...courseIds]],
  )
  const items = await ctx.sql<StandingItem>(
    `select i.id, i.course_id as "courseId", i.module_id as "moduleId", i.kind, i.ref_id as "refId", i.title,
            i.hidden or m.hidden is true as hidden,
            case when not i.published or i.hidden or m.hidden is true then 'by none'
                 when i.audience = 'everybody' then 'by all' else 'by some' end as seen
       from items i left join modules m on m.id = i.module_id
      where i.course_id = any($1::uuid[]) and i.removed_at is null and m.removed_at is null`,
    [[...courseIds]],
  )
  return {
    items: new Map(items.map(one => [one.id, one])),
    modules: new Map(modules.map(one => [one.id, one])),
    gates: found.filter(one =>
      one.subject === 'item'
        ? items.some(item => item.id === one.subjectId && !lockFree.has(item.kind))
        : modules.some(module => module.id === one.subjectId),
    ),
  }
}

/** What each id of these conditions is about, as far as it stands in the course; by `kind id`. */
export async function targetsOf(
  ctx: Ctx,
  { items, modules }: Outlook,
  conditions: readonly Condition[],
): Promise<ReadonlyMap<string, Target>> {
  const found = new Map<string, Target>()
  for (const item of items.values()) {
    const { courseId, title } = item
    found.set(`completion ${item.id}`, { courseId, title, itemIds: [item.id] })
  }
  for (const { id, courseId, title } of modules.values()) found.set(`module ${id}`, { courseId, title, itemIds: [] })
  for (const { kind, targets } of registeredKinds()) {
    const ids = conditions.flatMap(one => (one.kind === kind ? (targetOf(one) ?? []) : []))
    if (ids.length === 0) continue
    for (const [id, target] of await targets(ctx, [...new Set(ids)])) found.set(`${kind} ${id}`, target)
  }
  return found
}

/** How everything in some courses stands for some people. */
export interface Standings {
  readonly outlook: Outlook
  readonly targets: ReadonlyMap<string, Target>
  /** Of one release alone. */
  readonly gate: (gate: StoredGate, accountId: AccountId) => Standing
  /** Of an item with the module it is in; `hidden` where they do not know of it. */
  readonly item: (itemId: string, accountId: AccountId) => Standing | 'hidden'
  readonly truth: (condition: Condition, accountId: AccountId) => Truth
}

/**
 * Works out what is open for these people in these courses. Answers null where nothing in them has a release: one query
 * then, else three and those of the kinds that are used.
 */
export async function standingsIn(
  ctx: Ctx,
  courseIds: readonly string[],
  accountIds: readonly AccountId[],
): Promise<Standings | null> {
  if (courseIds.length === 0) return null
  const gates = await gatesIn(ctx, courseIds)
  return gates.length === 0 ? null : standingsWith(ctx, await outlookOf(ctx, courseIds, gates), accountIds)
}

async function standingsWith(ctx: Ctx, outlook: Outlook, accountIds: readonly AccountId[]): Promise<Standings> {
  const conditions = outlook.gates.flatMap(one => conditionsIn(one.tree))
  const targets = await targetsOf(ctx, outlook, conditions)
  const judges = new Map<string, Judge<Condition>>()
  for (const { kind, judge } of registeredKinds()) {
    const mine = conditions.filter(one => one.kind === kind && targets.has(`${kind} ${targetOf(one)}`))
    if (mine.length > 0) judges.set(kind, await judge(ctx, mine, accountIds))
  }
  const asksDone = conditions.some(one => one.kind === 'completion' || one.kind === 'module')
  const courseIds = [...new Set(outlook.gates.map(one => one.courseId))]
  const completion = asksDone ? await completionIn(ctx, courseIds, accountIds) : null

  const bySubject = new Map(outlook.gates.map(one => [`${one.subject} ${one.subjectId}`, one]))
  const inModule = new Map<string, StandingItem[]>()
  for (const one of outlook.items.values())
    if (one.moduleId !== null) inModule.set(one.moduleId, [...(inModule.get(one.moduleId) ?? []), one])
  const known = new Map<string, Standing>()

  /** All that a module asks of this person is done; what is hidden and shut for them is not asked. */
  const moduleDone = (moduleId: string, accountId: AccountId): Truth => {
    const asked = (inModule.get(moduleId) ?? []).filter(one => !one.hidden || item(one.id, accountId) === 'open')
    return asked.every(one => completion?.(accountId, one.id) !== 'open') ? 'yes' : 'no'
  }
  const truth = (one: Condition, accountId: AccountId): Truth => {
    if (one.kind === 'date') return dateTruth(one, ctx.now)
    if (!targets.has(`${one.kind} ${targetOf(one)}`)) return 'gone'
    if (one.kind === 'module') return moduleDone(one.moduleId, accountId)
    if (one.kind !== 'completion') return judges.get(one.kind)?.(one, accountId) ?? 'unknown'
    return (completion?.(accountId, one.itemId) === 'done') === (one.is === 'done') ? 'yes' : 'no'
  }
  const gate = (one: StoredGate, accountId: AccountId): Standing => {
    const key = `${one.subject} ${one.subjectId} ${accountId}`
    const before = known.get(key)
    if (before) return before
    // What is asked again on its own way is not known yet: shut. Circles are refused where releases are written.
    known.set(key, 'waiting')
    const found = standingOf(one, condition => truth(condition, accountId), ctx.now)
    known.set(key, found)
    return found
  }
  const item = (itemId: string, accountId: AccountId): Standing | 'hidden' => {
    const one = outlook.items.get(itemId)
    if (!one || lockFree.has(one.kind)) return 'open'
    const both = [bySubject.get(`item ${itemId}`), bySubject.get(`module ${one.moduleId}`)]
    const found = both.flatMap(each => (each ? gate(each, accountId) : []))
    const standing = found.find(each => each === 'over') ?? found.find(each => each === 'waiting') ?? 'open'
    return standing !== 'open' && one.hidden ? 'hidden' : standing
  }
  return { outlook, targets, gate, item, truth }
}

/** What is shut for a person in these courses, by item: `hidden` where they do not know of it. Staff are not asked about. */
export async function shutFor(
  ctx: Ctx,
  courseIds: readonly string[],
  accountIds: readonly AccountId[],
): Promise<(accountId: AccountId, ref: { kind: string; refId: string }) => 'shut' | 'hidden' | null> {
  const standings = await standingsIn(ctx, [...new Set(courseIds)], accountIds)
  if (!standings) return () => null
  const byRef = new Map([...standings.outlook.items.values()].map(one => [`${one.kind} ${one.refId}`, one.id]))
  return (accountId, { kind, refId }) => {
    const id = byRef.get(`${kind} ${refId}`)
    const standing = id === undefined ? 'open' : standings.item(id, accountId)
    return standing === 'open' ? null : standing === 'hidden' ? 'hidden' : 'shut'
  }
}

/** The items of these courses that are shut for a person, whether or not they know of them. Staff are not asked about. */
export async function shutItems(ctx: Ctx, courseIds: readonly string[], accountId: AccountId): Promise<ItemId[]> {
  const standings = await standingsIn(ctx, courseIds, [accountId])
  if (!standings) return []
  return [...standings.outlook.items.keys()].filter(id => standings.item(id, accountId) !== 'open') as ItemId[]
}

/** Whether `ctx.who` sees all of a course, whatever is shut for its learners. */
export const seesAll = async (ctx: Ctx, courseId: string): Promise<boolean> =>
  (await may(ctx, 'content.change', courseContext(courseId))) ||
  (await may(ctx, 'grade.view-all', courseContext(courseId)))

/** Throws `locked` for whom a thing is shut, `not-found` for whom it is hidden. Staff pass. Asks no other rights. */
export async function demandOpen(ctx: Ctx, courseId: string, ref: { kind: string; refId: string }): Promise<void> {
  const accountId = actorOf(ctx.who)
  if (accountId === null) return
  const shut = (await shutFor(ctx, [courseId], [accountId]))(accountId, ref)
  if (shut === null || (await seesAll(ctx, courseId))) return
  throw shut === 'hidden' ? new Problem('not-found') : new Problem('locked', { params: { courseId } })
}

/**
 * For whoever views a course, whether they may change an item of it. Throws `not-found` where it is not released to them and
 * what `demandOpen` throws; who may change it, or the course, sees it in any case.
 */
export async function demandSeen(
  ctx: Ctx,
  here: Pick<StandingHere, 'may'>,
  courseId: string,
  item: CourseItem,
  doing?: 'reading',
): Promise<boolean> {
  const { mayChange, seesAll } = await sightOfItem(ctx, here, item.id, 'content.change', doing)
  demand(item.published || seesAll, 'not-found')
  if (!seesAll) await demandOpen(ctx, courseId, item)
  return mayChange
}
