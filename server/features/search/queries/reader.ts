// Who looks for something: what they may do in each course, so that a search asks for rights once and not a thing at a
// time. Three queries, two for each course whose items
// allow them more than it does, and those of what opens things where something in their courses waits.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, SiteRole } from '#protocol/base/roles.ts'
import { shutItems } from '#server/features/conditions/index.ts'
import { type CourseOfPerson, coursesOf, itemRights } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

export interface Reader {
  readonly accountId: AccountId
  /** Courses in which they hold anything at all; every one for administrators. */
  readonly courses: readonly CourseOfPerson[]
  /** Items in them that they may change without changing the course. */
  readonly changes: readonly string[]
  /** Items in them that are shut for the reader, unless they change the course or the item. */
  readonly shut: readonly string[]
  /** The ids of those where they may do all of this. */
  readonly where: (...capabilities: readonly Capability[]) => string[]
}

/** Those of these courses in which items allow somebody more than their course does. One query. */
async function givenMore(ctx: Ctx, courseIds: readonly string[], accountId: AccountId): Promise<string[]> {
  if (courseIds.length === 0) return []
  const rows = await ctx.sql<{ id: string }>(
    `select distinct c.parent_id as id from contexts c
      where c.kind = 'item' and c.parent_kind = 'course' and c.parent_id = any($1::uuid[])
        and (exists (select from role_overrides o where o.context_kind = c.kind and o.context_id = c.id and o.permission = 'allow')
          or exists (select from granted_roles g where g.context_kind = c.kind and g.context_id = c.id and g.account_id = $2))`,
    [courseIds, accountId],
  )
  return rows.map(row => row.id)
}

async function changedItems(ctx: Ctx, courseIds: readonly string[], accountId: AccountId): Promise<string[]> {
  const found: string[] = []
  for (const id of await givenMore(ctx, courseIds, accountId)) {
    const { apart, may } = await itemRights(ctx, id)
    found.push(...apart.filter(one => may(one, 'content.change', 'reading')))
  }
  return found
}

/** Reads what somebody may do in their courses. */
export async function readerOf(
  ctx: Ctx,
  who: { readonly accountId: AccountId; readonly siteRole: SiteRole },
): Promise<Reader> {
  const courses = await coursesOf(ctx, who)
  // Who asks for another than themselves, such as a preview, is bounded by the rights of both in `itemRights`.
  const learning = courses.filter(one => one.may('course.view') && !one.may('content.change')).map(one => one.id)
  const changes = await changedItems(ctx, learning, who.accountId)
  return {
    accountId: who.accountId,
    ...{ courses, changes },
    shut: (await shutItems(ctx, learning, who.accountId)).filter(id => !changes.includes(id)),
    where: (...capabilities) => courses.filter(one => capabilities.every(each => one.may(each))).map(one => one.id),
  }
}
