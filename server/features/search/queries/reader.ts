// Who looks for something: what they may do in each course, so that a search asks for rights once and not a thing at a
// time. Two queries, and those of what opens things where something in their courses waits.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, SiteRole } from '#protocol/base/roles.ts'
import { judge, lawIn } from '#server/features/access/index.ts'
import { shutItems } from '#server/features/conditions/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

export interface ReaderCourse {
  readonly id: string
  /** Judged as of now, the life of the course included. */
  readonly may: (capability: Capability, doing?: 'reading' | 'writing') => boolean
}

export interface Reader {
  readonly accountId: AccountId
  /** Courses in which they hold anything at all; every one for administrators. */
  readonly courses: readonly ReaderCourse[]
  /** Items in them that are shut for the reader, unless they change the course. */
  readonly shut: readonly string[]
  /** The ids of those where they may do all of this. */
  readonly where: (...capabilities: readonly Capability[]) => string[]
}

// Roles hold from where they are held down to the courses.
const coursesSql = `
  with recursive down as (
    select context_kind as kind, context_id as id, role, 0 as depth from roles_held where account_id = $1 and not $2
    union all
    select c.kind, c.id, down.role, down.depth + 1
    from contexts c join down on c.parent_kind = down.kind and c.parent_id = down.id
    where down.depth < 16
  )
  select c.id, down.role, down.depth
  from down join courses c on down.kind = 'course' and down.id = c.id where c.removed_at is null
  union all
  select c.id, null, null from courses c where $2 and c.removed_at is null`

/** Reads what somebody may do in their courses. */
export async function readerOf(
  ctx: Ctx,
  who: { readonly accountId: AccountId; readonly siteRole: SiteRole },
): Promise<Reader> {
  const rows = await ctx.sql<{ id: string; role: string | null; depth: number | null }>(coursesSql, [
    who.accountId,
    who.siteRole === 'administrator',
  ])
  const found = new Map<string, { role: string; depth: number }[]>()
  for (const { id, role, depth } of rows) {
    const held = found.get(id) ?? []
    found.set(id, held)
    if (role !== null) held.push({ role, depth: depth ?? 0 })
  }
  const law = await lawIn(
    ctx,
    [...found.keys()].map(id => courseContext(id)),
  )
  const courses = [...found].map(([id, held]): ReaderCourse => {
    const question = { siteRole: who.siteRole, held, ...law(courseContext(id)) }
    return { id, may: (capability, doing = 'reading') => judge(question, capability, doing) === 'allowed' }
  })
  const learning = courses.filter(one => one.may('course.view') && !one.may('content.change')).map(one => one.id)
  return {
    accountId: who.accountId,
    courses,
    shut: await shutItems(ctx, learning, who.accountId),
    where: (...capabilities) => courses.filter(one => capabilities.every(each => one.may(each))).map(one => one.id),
  }
}
