// Keeps Today fresh on open screens: when something in a course begins, opens or ends, its people are told to look again.
// It tells nobody itself; jobs do, a few people each.
import { courseScope } from '#protocol/courses.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { listMemberIds } from '#server/features/courses/index.ts'
import { bindListener } from '#server/platform/feature.ts'
import { asksForAttention } from './rules.ts'

/** Tells the people of a course that Today changed when an item that asks for something came or changed. */
export const todayListener = bindListener(courseScope, {
  name: 'today',
  kinds: ['itemPlaced', 'itemChanged'],
  run: async (ctx, { scopeId, body }) => {
    if (asksForAttention(body.item)) await bumpUsers(ctx, await listMemberIds(ctx, scopeId), 'courses')
  },
})
