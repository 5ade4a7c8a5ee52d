// Somebody who acts in talk, and jobs that ran to their end: for tests of what is told of what stands.
import assert from 'node:assert/strict'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { whoIs } from '#server/test/classes.ts'
import { type TestNode, waitFor } from '#server/test/harness.ts'

/** Somebody acting on a node. */
export const acting = (node: TestNode, accountId: AccountId, name?: string) => node.as(whoIs(accountId, name))

/** Waits until no job of talk is left, and looks that each of them passed the first time. */
export async function jobsDone(): Promise<void> {
  const left = "select name from pgboss.job where name like 'channels.%' and state < 'completed'"
  await waitFor(async () => (await sql(left)).length === 0, 'the jobs of talk to be done')
  const failed = await sql<{ name: string }>(
    "select name from pgboss.job where name like 'channels.%' and (retry_count > 0 or state > 'completed')",
  )
  assert.deepEqual(failed, [])
}

/** What the log of a scope still says with these words in it, by kind. */
export const loggedWith = async (scope: 'channel' | 'topic' | 'forum' | 'forum-staff', id: string, words: string) =>
  (
    await sql<{ kind: string }>('select kind from events where scope = $1 and body::text like $2 order by seq', [
      `${scope}:${id}`,
      `%${words}%`,
    ])
  ).map(row => row.kind)

/** The forum that a course has from its first day. */
export async function forumOf(courseId: string): Promise<ChannelId> {
  const [row] = await sql<{ id: ChannelId }>(
    "select id from channels where context_kind = 'course' and context_id = $1 and form = 'forum'",
    [courseId],
  )
  return row?.id ?? assert.fail('a course has a forum')
}
