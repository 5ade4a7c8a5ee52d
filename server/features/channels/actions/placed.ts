// Forums of their own as things of their course: opened in a module, given another title, taken along into copies and archives.
// What was said in one stays behind. Rights were asked by the door.
import * as z from 'zod/mini'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import { demand } from '#protocol/base/problems.ts'
import { type ForumId, forumId, forumTitle } from '#protocol/channels/forums.ts'
import { forumScope } from '#protocol/channels/topics.ts'
import type { Channel } from '#protocol/channels.ts'
import type { CourseId, ModuleId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import { type CoursePart, changeItem, courseContext, placeItem, standingRefs } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { type ChannelFacts, channelColumns, channelOf } from '../queries/channel.ts'
import { channelOfForum, detailOf, forumKind, hasForums } from '../queries/placed.ts'
import { policyOf } from '../queries/topics.ts'
import { firstPolicy } from '../rules/topics.ts'
import { createForum } from './topics/forum.ts'

const record = (ctx: WriteCtx, verb: AuditVerb, id: ForumId, courseId: CourseId, details: object) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: forumKind, id }, context: courseContext(courseId) },
    details: { courseId, ...details },
  })

export interface NewForum {
  readonly courseId: CourseId
  readonly moduleId: ModuleId | null
  readonly title: string
  readonly published: boolean
}

/** Opens a forum and places it at the end of a module. Throws `not-found`. */
export async function openForum(
  ctx: WriteCtx,
  { courseId, moduleId, title, published }: NewForum,
): Promise<{ forumId: ForumId; channel: Channel }> {
  const id = newId<'Forum'>()
  const channel = await createForum(ctx, { contextKind: forumKind, contextId: id, title, policy: firstPolicy })
  await placeItem(ctx, { courseId, moduleId, kind: forumKind, refId: id, title, published, detail: detailOf(channel) })
  await record(ctx, 'forum.created', id, courseId, { title })
  return { forumId: id, channel }
}

export interface ForumChange {
  readonly courseId: CourseId
  readonly forumId: ForumId
  readonly version: number
  readonly title: string
}

/**
 * Gives a forum another title, where it is at the version the writer read; else throws `conflict` with the current channel.
 * Throws `not-found`.
 */
export async function retitleForum(ctx: WriteCtx, { version, title, ...of }: ForumChange): Promise<Channel> {
  const before = await channelOfForum(ctx, of)
  const [row] = await ctx.sql<ChannelFacts>(
    `update channels c set title = $3, version = version + 1 where id = $1 and version = $2 returning ${channelColumns}`,
    [before.id, version, title],
  )
  demand(row !== undefined, 'conflict', { params: { current: channelOf(before, []) } })
  await changeItem(ctx, { kind: forumKind, refId: of.forumId, title, detail: detailOf(row) })
  const forum = { channelId: row.id, title, open: row.open, policy: await policyOf(ctx, row.id) }
  ctx.announce(forumScope, row.id, { kind: 'forumChanged', body: { forum } })
  await record(ctx, 'forum.renamed', of.forumId, of.courseId, {
    ...{ title, before: { title: before.title }, after: { title } },
  })
  return channelOf(row, [])
}

const forumsShape = z.array(
  z.strictObject({
    id: forumId,
    title: forumTitle,
    anonymous: z.boolean(),
    approval: z.boolean(),
    openers: z.enum(['everybody', 'staff']),
  }),
)
type ForumsPart = z.infer<typeof forumsShape>

/** Forums as a part of their course: what each is called and how it works. */
export const forumsPart: CoursePart<ForumsPart> = {
  shape: forumsShape,
  take: async (ctx, courseId) => {
    const ids = (await standingRefs(ctx, courseId, forumKind)) as ForumId[]
    const part: ForumsPart = []
    for (const forumId of ids.sort()) {
      const channel = await channelOfForum(ctx, { courseId, forumId })
      const { anonymous, approval, openers } = await policyOf(ctx, channel.id)
      part.push({ id: forumId, title: channel.title, anonymous, approval, openers })
    }
    return part
  },
  lines: part => part.map(({ id }) => ({ kind: forumKind, refId: id })),
  make: async (ctx, { name, show }, part) => {
    for (const { id, title, ...policy } of part) {
      const refId = name<ForumId>('forum', id)
      const channel = await createForum(ctx, {
        ...{ contextKind: forumKind, contextId: refId, title },
        policy: { ...policy, version: 0 },
      })
      show(forumKind, id, { refId, badge: null, detail: detailOf(channel) })
    }
  },
}

/**
 * Has everybody judged anew where a course has forums and may have shut one, in the transaction that does. Everybody, since a role
 * above the course lets people in too. What shuts by the clock alone is refused to whoever reads anew.
 */
export const judgeAnew = async (ctx: WriteCtx, courseId: string): Promise<void> => {
  if (await hasForums(ctx, courseId)) ctx.rightsChanged('site')
}
