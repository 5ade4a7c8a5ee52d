// Forums of their own in courses: whom the place of one in the outline lets in. Whoever may change the course, or see all that
// its learners do, reads it whatever is released; everybody else as long as its place is published and open to them.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { ForumId } from '#protocol/channels/forums.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { courseRights, noRights } from '../rules/messages.ts'
import { type ChannelFacts, channelColumns } from './channel.ts'
import type { ChannelContext } from './context.ts'
import { judgedIn } from './course.ts'

/** The kind under which forums are placed in a course, and that of the context each of them has: itself. */
export const forumKind = 'forum'

interface Place {
  readonly id: string
  readonly courseId: string
  readonly out: boolean
}

/** Where these forums stand, without those that were taken out. One query. */
async function placesOf(ctx: Pick<Ctx, 'sql'>, ids: readonly string[]): Promise<Map<string, Place>> {
  const rows = await ctx.sql<Place>(
    `select i.ref_id as id, i.course_id as "courseId", i.published as out
       from items i left join modules m on m.id = i.module_id
      where i.kind = $2 and i.ref_id = any($1::uuid[]) and i.removed_at is null and m.removed_at is null`,
    [[...new Set(ids)], forumKind],
  )
  return new Map(rows.map(row => [row.id, row]))
}

/** The channel of a forum that stands in this course. Throws `not-found`. */
export async function channelOfForum(
  ctx: Ctx,
  { courseId, forumId }: { courseId: string; forumId: ForumId },
): Promise<ChannelFacts> {
  const [row] = await ctx.sql<ChannelFacts>(
    `select ${channelColumns} from channels c join items i on i.kind = c.context_kind and i.ref_id = c.context_id
      where c.context_kind = $3 and c.context_id = $2 and i.course_id = $1 and i.removed_at is null`,
    [courseId, forumId, forumKind],
  )
  if (!row) throw new Problem('not-found')
  return row
}

/** Whether a forum stands in a course, or stood there. One query. */
export const hasForums = async (ctx: Pick<Ctx, 'sql'>, courseId: string): Promise<boolean> =>
  (await ctx.sql('select from items where course_id = $1 and kind = $2 limit 1', [courseId, forumKind])).length > 0

/** What a line says of its forum: a version, so that open pages read again. */
export const detailOf = ({ version }: Pick<ChannelFacts, 'version'>) => ({ version })

export const placedForums: ChannelContext = {
  rights: async (ctx, pairs) => {
    const places = await placesOf(
      ctx,
      pairs.map(one => one.contextId),
    )
    const courseIds = [...new Set([...places.values()].map(one => one.courseId))]
    const accountIds: AccountId[] = [...new Set(pairs.map(one => one.accountId))]
    const judged = await judgedIn(
      ctx,
      pairs.map(one => ({ ...one, contextId: places.get(one.contextId)?.courseId ?? one.contextId })),
    )
    const shut = await shutFor(ctx, courseIds, accountIds)
    return pairs.map(({ contextId, accountId }, at) => {
      const [place, one] = [places.get(contextId), judged[at]]
      if (!place || !one) return noRights
      const open = place.out && shut(accountId, { kind: forumKind, refId: contextId }) === null
      return open || one.may('content.change') || one.may('grade.view-all')
        ? courseRights(one.may, one.phase)
        : noRights
    })
  },
  // Reached from the course; not one more line in everybody's list of channels.
  mine: async () => [],
  readable: async (ctx, reader) => {
    const rights = new Map(
      reader.courses.map(({ id, may, phase }) => [
        id,
        { ...courseRights(may, phase), all: may('content.change') || may('grade.view-all') },
      ]),
    )
    const within = [...rights].filter(([, one]) => one.read)
    const rows = await ctx.sql<{ contextId: string; courseId: string }>(
      `select i.ref_id as "contextId", i.course_id as "courseId"
         from items i left join modules m on m.id = i.module_id
        where i.kind = $4 and i.course_id = any($1::uuid[]) and i.removed_at is null and m.removed_at is null
          and (i.course_id = any($2::uuid[]) or (i.published and i.id <> all($3::uuid[])))`,
      [within.map(([id]) => id), within.filter(([, one]) => one.all).map(([id]) => id), reader.shut, forumKind],
    )
    return rows.map(({ contextId, courseId }) => ({
      contextId,
      moderates: rights.get(courseId)?.moderate ?? false,
    }))
  },
  about: async (ctx, forumId) => {
    const [row] = await ctx.sql<{ title: string; course_id: string }>(
      'select title, course_id from items where kind = $2 and ref_id = $1',
      [forumId, forumKind],
    )
    return { title: row?.title ?? '', courseId: row?.course_id ?? null }
  },
  people: `select r.account_id from items i join enrolments e on e.course_id = i.course_id and e.ended_at is null
    join role_assignments r
      on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id and r.role <> 'guest'
    where i.kind = '${forumKind}' and i.ref_id = $1`,
}
