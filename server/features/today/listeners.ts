// Keeps Today fresh on open screens: when something in a course begins, opens or ends, its people are told to look again.
// It tells nobody itself; jobs do, a few people each.
import * as z from 'zod/mini'
import { courseItem, courseScope } from '#protocol/courses.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { listMemberIds } from '#server/features/courses/index.ts'
import type { Listener } from '#server/platform/feature.ts'
import { asksForAttention } from './rules.ts'

const placed = z.object({ item: courseItem })

/** Tells the people of a course that Today changed when an item that asks for something came or changed. */
export const todayListener: Listener = {
  name: 'today',
  scope: courseScope,
  kinds: ['itemPlaced', 'itemChanged'],
  run: async (ctx, { scopeId, body }) => {
    if (asksForAttention(z.parse(placed, body).item)) await bumpUsers(ctx, await listMemberIds(ctx, scopeId), 'courses')
  },
}
