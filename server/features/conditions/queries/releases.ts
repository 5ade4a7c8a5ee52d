// Releases as staff read them and locks as one person does. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import {
  type Condition,
  type ConditionTarget,
  conditionsIn,
  type Lock,
  type LockSubject,
  type Release,
  targetOf,
} from '#protocol/conditions.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import { hiddenItems, ownItems } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { nextMoment } from '../rules.ts'
import { type ReleaseRow, releases } from '../tables.ts'
import { gatesIn, outlookOf, type StandingItem, type Standings, standingsIn, targetsOf } from './standing.ts'

const instant = (at: Date | null) => at?.toISOString() ?? null

/** A row as it travels, with whether its subject is hidden. */
export const releaseOf = (row: ReleaseRow, hidden: boolean): Release => ({
  subject: row.subject,
  subjectId: row.subjectId,
  from: instant(row.opensAt),
  until: instant(row.closesAt),
  hidden,
  tree: row.tree,
  version: row.version,
})

/** Of these subjects, those that say of themselves that they are hidden. One query. */
async function hiddenOf(ctx: Ctx, courseId: string): Promise<ReadonlySet<string>> {
  const rows = await ctx.sql<{ key: string }>(
    `select 'item ' || id as key from items where course_id = $1 and hidden
     union all select 'module ' || id from modules where course_id = $1 and hidden`,
    [courseId],
  )
  return new Set(rows.map(row => row.key))
}

const unique = (conditions: readonly Condition[]) => [
  ...new Map(conditions.flatMap(one => (targetOf(one) ? [[`${one.kind} ${targetOf(one)}`, one]] : []))).values(),
]

/** What everybody in the course has been told to wait for, and what that is about. At most five queries and one a kind. */
export async function listReleases(
  ctx: Ctx,
  courseId: CourseId,
): Promise<{ releases: Release[]; targets: ConditionTarget[] }> {
  const rows = await releases.findAll({ where: { courseId }, raw: true })
  if (rows.length === 0) return { releases: [], targets: [] }
  const hidden = await hiddenOf(ctx, courseId)
  const conditions = unique(rows.flatMap(row => conditionsIn(row.tree)))
  const targets = await targetsOf(ctx, await outlookOf(ctx, [courseId]), conditions)
  return {
    releases: rows.map(row => releaseOf(row, hidden.has(`${row.subject} ${row.subjectId}`))),
    targets: conditions.map(one => {
      const target = targets.get(`${one.kind} ${targetOf(one)}`)
      const itemId = (target?.itemIds[0] ?? null) as ConditionTarget['itemId']
      return { id: targetOf(one) ?? '', state: target ? 'there' : 'gone', title: target?.title ?? '', itemId }
    }),
  }
}

/** The release of one subject as it stands; version 0 where nobody has said anything. Two queries. */
export async function releaseFor(
  ctx: Ctx,
  courseId: CourseId,
  subject: LockSubject,
  subjectId: string,
): Promise<{ row: ReleaseRow; release: Release }> {
  const found = await releases.findOne({ where: { subject, subjectId }, raw: true })
  const row: ReleaseRow = found ?? {
    ...{ subject, subjectId, courseId, opensAt: null, closesAt: null, tree: null },
    ...{ version: 0, changedAt: ctx.now },
  }
  return { row, release: releaseOf(row, (await hiddenOf(ctx, courseId)).has(`${subject} ${subjectId}`)) }
}

/** Whether something in this course opens at its own time or by its own conditions. One query. */
export const hasReleases = async (ctx: Ctx, courseId: string): Promise<boolean> =>
  (await gatesIn(ctx, [courseId])).length > 0

interface Own {
  readonly locks: Lock[]
  readonly targets: ConditionTarget[]
  readonly items: CourseItem[]
  readonly guarded: boolean
  readonly nextAt: string | null
}

/** Tells a target as this person knows it: what they do not know of keeps its name. */
function told(
  one: Condition,
  { targets, outlook }: Standings,
  knows: (item: StandingItem) => boolean,
): ConditionTarget {
  const id = targetOf(one) ?? ''
  const target = targets.get(`${one.kind} ${id}`)
  if (!target) return { id, state: 'gone', title: '', itemId: null }
  const items = target.itemIds.flatMap(each => outlook.items.get(each) ?? [])
  const known = items.filter(knows)
  if (items.length > 0 && known.length === 0) return { id, state: 'unseen', title: '', itemId: null }
  return { id, state: 'there', title: target.title, itemId: known[0]?.id ?? null }
}

/**
 * What is shut for one person in a course and why, and what is hidden from others and open to them. One query where the
 * course has no release; else the same number however much stands in it.
 */
export async function ownLocks(ctx: Ctx, courseId: string, accountId: AccountId): Promise<Own> {
  const standings = await standingsIn(ctx, [courseId], [accountId])
  if (!standings) return { locks: [], targets: [], items: [], guarded: false, nextAt: null }
  const { outlook } = standings
  const all = [...outlook.items.values()]
  const forSome = all.some(one => one.seen === 'by some') ? await ownItems(ctx, courseId, accountId) : []
  const apart = all.some(one => one.hidden) ? await hiddenItems(ctx, courseId, accountId) : []
  const items = apart.filter(one => standings.item(one.id, accountId) === 'open')
  const own = new Set([...forSome, ...items].map(one => one.id))
  const knows = (item: StandingItem) => item.seen === 'by all' || own.has(item.id)
  const shut = outlook.gates.flatMap(gate => {
    const item = gate.subject === 'item' ? outlook.items.get(gate.subjectId) : undefined
    if (gate.subject === 'item' && (!item || !knows(item))) return []
    const state = standings.gate(gate, accountId)
    return state === 'open' ? [] : [{ gate, state }]
  })
  return {
    locks: shut.map(({ gate, state }) => ({
      subject: gate.subject,
      subjectId: gate.subjectId,
      state,
      from: instant(gate.opensAt),
      until: instant(gate.closesAt),
      tree: gate.tree,
      met: conditionsIn(gate.tree).map(one => standings.truth(one, accountId) === 'yes'),
    })),
    targets: unique(shut.flatMap(({ gate }) => conditionsIn(gate.tree))).map(one => told(one, standings, knows)),
    items,
    guarded: true,
    nextAt: instant(nextMoment(outlook.gates, ctx.now)),
  }
}

/** When things of a course open and close, by their titles. One query. */
export const listDates = (ctx: Ctx, courseId: string) =>
  ctx.sql<{ title: string; opens_at: Date | null; closes_at: Date | null }>(
    `select coalesce(i.title, m.title) as title, r.opens_at, r.closes_at from releases r
       left join items i on r.subject = 'item' and i.id = r.subject_id and i.removed_at is null
       left join modules m on r.subject = 'module' and m.id = r.subject_id and m.removed_at is null
      where r.course_id = $1 and coalesce(i.id, m.id) is not null`,
    [courseId],
  )
