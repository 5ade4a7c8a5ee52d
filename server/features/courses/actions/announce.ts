// Says in the right audience what became of an item or module: learners hear of what is published, staff alone of drafts
// and of what is for some; those some are told to read their own again. What disappears from a scope has its earlier
// events there blanked in the same transaction.

import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import { peopleOf } from '../queries/audience.ts'
import { itemOf } from '../queries/course.ts'
import type { Sight } from '../rules.ts'
import type { ItemRow } from '../tables.ts'

/** Takes an item's words out of the earlier events of one audience. */
async function forget(ctx: WriteCtx, { courseId, id }: ItemRow, sight: 'published' | 'draft'): Promise<void> {
  const [alone, together] = [{ item: { id } }, { items: [{ id }] }]
  if (sight === 'published') {
    await blankEvents(ctx.client, courseScope, courseId, ['itemPlaced', 'itemChanged'], alone)
    await blankEvents(ctx.client, courseScope, courseId, 'moduleCreated', together)
  } else {
    await blankEvents(ctx.client, courseStaffScope, courseId, ['draftPlaced', 'draftChanged'], alone)
    await blankEvents(ctx.client, courseStaffScope, courseId, 'draftsOfModuleRestored', together)
  }
}

/** Announces the way from one sight to another; the same sight twice means that the item itself changed. */
export async function announceItem(ctx: WriteCtx, item: ItemRow, before: Sight, after: Sight): Promise<void> {
  if (before !== after) {
    if (before !== 'nowhere') await forget(ctx, item, before)
    if (before === 'published') ctx.announce(courseScope, item.courseId, { kind: 'itemRemoved', body: { id: item.id } })
    if (before === 'draft')
      ctx.announce(courseStaffScope, item.courseId, { kind: 'draftRemoved', body: { id: item.id } })
  }
  if (item.audience === 'some') await bumpUsers(ctx, await peopleOf(ctx, item), 'courses')
  const body = { item: itemOf(item) }
  if (after === 'published')
    ctx.announce(courseScope, item.courseId, { kind: before === after ? 'itemChanged' : 'itemPlaced', body })
  if (after === 'draft')
    ctx.announce(courseStaffScope, item.courseId, { kind: before === after ? 'draftChanged' : 'draftPlaced', body })
}
