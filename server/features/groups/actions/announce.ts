// Says what became of who is in which group: to everybody how many there are, to staff who they are, and to those who
// were moved that their own groups are to be read again.
import type { AuditVerb, DoneTo } from '#protocol/audit/verbs.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type GroupId, type GroupMember, type GroupPlace, groupsScope, groupsStaffScope } from '#protocol/groups.ts'
import { bumpUser, bumpUsers } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'

/** An entry of the trail about a group or a set of a course. */
export const record = <K extends 'group' | 'group-set'>(
  ctx: WriteCtx,
  courseId: string,
  subject: { kind: K; id: string },
  verb: DoneTo<K>,
  details: object,
): Promise<void> =>
  audit.record(ctx, {
    verb: `${subject.kind}.${verb}` as AuditVerb,
    subject,
    context: courseContext(courseId),
    details: { ...details },
  })

/** Those moved are told: oneself at once, others by jobs. */
export async function tellMoved(ctx: WriteCtx, accountIds: readonly AccountId[]): Promise<void> {
  const actor = actorOf(ctx.who)
  if (actor !== null && accountIds.includes(actor)) await bumpUser(ctx, actor, 'courses')
  const others = [...new Set(accountIds)].filter(id => id !== actor)
  if (others.length > 0) await bumpUsers(ctx, others, 'courses')
}

interface Moves {
  readonly out: readonly GroupPlace[]
  readonly into: readonly GroupMember[]
}

/** Counts anew the groups that people left or came to, and announces it: two scopes, whatever the number. */
export async function announceMoves(ctx: WriteCtx, courseId: string, { out, into }: Moves): Promise<void> {
  const ids = [...new Set([...out, ...into].map(one => one.groupId))].sort()
  if (ids.length === 0) return
  // In one order, so that two acts never wait for each other.
  await ctx.sql('select from groups where id = any($1::uuid[]) order by id for update', [ids])
  const counts = await ctx.sql<{ id: GroupId; members: number; changes: number }>(
    `update groups g set changes = changes + 1 where id = any($1::uuid[])
     returning id, changes, (select count(*)::int from group_members m where m.group_id = g.id) as members`,
    [ids],
  )
  ctx.announce(groupsScope, courseId, { kind: 'groupsCounted', body: { counts } })
  ctx.announce(groupsStaffScope, courseId, { kind: 'membersMoved', body: { out: [...out], into: [...into] } })
}

/** Takes the words of a set that was removed, and of its groups, out of what was announced before. */
export async function forgetSet(ctx: WriteCtx, courseId: string, id: string): Promise<void> {
  await blankEvents(ctx.client, groupsScope, courseId, ['setCreated', 'setChanged'], { set: { id } })
  await blankEvents(ctx.client, groupsScope, courseId, 'groupsCreated', { groups: [{ setId: id }] })
  await blankEvents(ctx.client, groupsScope, courseId, 'groupChanged', { group: { setId: id } })
}

/** The same for one group. */
export async function forgetGroup(ctx: WriteCtx, courseId: string, id: string): Promise<void> {
  await blankEvents(ctx.client, groupsScope, courseId, ['setCreated', 'groupsCreated'], { groups: [{ id }] })
  await blankEvents(ctx.client, groupsScope, courseId, 'groupChanged', { group: { id } })
}
