// Whom a request would reach and with what: the things that are meant, their owners, and who was asked about the same a
// few days ago. Changes nothing; asks no rights.
import type { FindingRule } from '#protocol/accessibility/findings.ts'
import { mostThings, type Owner, quietDays } from '#protocol/accessibility.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type ContextRef, mayEach } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { ownersOf } from '../rules.ts'
import {
  apartSql,
  hasRule,
  instructorsOf,
  lastBySql,
  namesOf,
  ofRule,
  placeOf,
  type ThingRow,
  thingsSql,
} from './things.ts'

export interface Meant {
  /** Ids with commas; absent: every course. */
  readonly courses?: string | undefined
  readonly departmentId?: string | undefined
  readonly rule?: FindingRule | undefined
  readonly again: boolean
}

/** One thing that one person is to be asked about. */
export interface Due {
  readonly accountId: AccountId
  readonly thing: ThingRow
  /** Asked about it within `quietDays`. */
  readonly recent: boolean
}

export interface Plan {
  readonly due: readonly Due[]
  /** Things whose owner left and whose course has no instructor. */
  readonly unowned: number
}

async function thingsMeant(ctx: Ctx, { courses, departmentId, rule }: Meant): Promise<ThingRow[]> {
  const things = await ctx.sql<ThingRow>(
    `with recursive below(id) as (
       select $1::uuid union select d.id from departments d join below b on d.parent_id = b.id
     )
     select t.kind, t.ref_id as "refId", t.course_id as "courseId", t.title, t.within, t.findings, ${lastBySql} as by, ${apartSql} as apart
       from (${thingsSql('($2::uuid[] is null or c.course_id = any($2))')}) t
       join courses c on c.id = t.course_id and c.removed_at is null
      where ${hasRule('$3')} and ($1::uuid is null or c.department_id in (select id from below))
      order by c.title, t.title, t.ref_id limit ${mostThings + 1}`,
    [departmentId ?? null, courses?.split(',') ?? null, rule ?? null],
  )
  demand(things.length <= mostThings, 'too-many', { params: { most: mostThings } })
  return things
}

/** Who was asked about which of these things lately, as "account thing". */
async function askedLately(ctx: Ctx, refIds: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.sql<{ account_id: string; ref_id: string }>(
    `select distinct account_id, ref_id from findings_requested
      where ref_id = any($1::uuid[]) and at > $2`,
    [refIds, new Date(ctx.now.getTime() - quietDays * 86_400_000)],
  )
  return new Set(rows.map(row => `${row.account_id} ${row.ref_id}`))
}

/** Who owns what of it. The same five queries for any number of things. Throws `too-many`. */
export async function planFor(ctx: Ctx, meant: Meant): Promise<Plan> {
  const things = await thingsMeant(ctx, meant)
  const courseIds = [...new Set(things.map(one => one.courseId))]
  const instructors = await instructorsOf(ctx, courseIds)
  const asked = new Map<string, { accountId: AccountId; context: ContextRef }>()
  for (const thing of things) {
    const context = placeOf(thing)
    for (const accountId of [thing.by, ...(instructors.get(thing.courseId) ?? [])])
      if (accountId !== null) asked.set(`${accountId} ${context.id}`, { accountId, context })
  }
  const may = await mayEach(ctx, [...asked.values()])
  const mayChange = (accountId: AccountId, thing: ThingRow) =>
    may({ accountId, context: placeOf(thing) }, 'content.change', 'writing')
  const lately = await askedLately(
    ctx,
    things.map(one => one.refId),
  )
  let unowned = 0
  const due = things.flatMap((thing): Due[] => {
    const owners = ownersOf(thing, mayChange, instructors)
    if (owners.length === 0) unowned += 1
    return owners.map(accountId => ({ accountId, thing, recent: lately.has(`${accountId} ${thing.refId}`) }))
  })
  return { due, unowned }
}

/** Titles that stand for the rest. */
const mostTitles = 5

/** When each of these people was last asked to mend anything. */
async function lastAsked(ctx: Ctx, accountIds: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>> {
  const rows = await ctx.sql<{ account_id: AccountId; at: Date }>(
    'select account_id, max(at) as at from findings_requested where account_id = any($1::uuid[]) group by account_id',
    [[...new Set(accountIds)]],
  )
  return new Map(rows.map(row => [row.account_id, new Date(row.at).toISOString()]))
}

/** A plan by owner, by name. Two queries. */
export async function ownersIn(ctx: Ctx, plan: Plan, { rule, again }: Meant): Promise<Owner[]> {
  const names = await namesOf(
    ctx,
    plan.due.map(one => one.accountId),
  )
  const asked = await lastAsked(
    ctx,
    plan.due.map(one => one.accountId),
  )
  const found = new Map<string, Owner>()
  for (const { accountId, thing, recent } of plan.due) {
    const name = names.get(accountId)
    if (name === undefined) continue
    const one = found.get(accountId) ?? {
      ...{ accountId, name, things: 0, findings: 0, recent: 0, titles: [] },
      askedAt: asked.get(accountId) ?? null,
    }
    const meant = again || !recent
    found.set(accountId, {
      ...one,
      things: one.things + (meant ? 1 : 0),
      findings: one.findings + (meant ? ofRule(thing.findings, rule).length : 0),
      recent: one.recent + (recent ? 1 : 0),
      titles: meant && one.titles.length < mostTitles ? [...one.titles, thing.title] : one.titles,
    })
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}
