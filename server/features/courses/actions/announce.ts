// Says in the right audience what became of an item or module: learners hear of what is published, staff alone of drafts
// and of what is for some; those some are told to read their own again, and so are those who may change a draft without
// preparing the course. What disappears from a scope has its earlier events there blanked in the same transaction.

import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import { peopleOf } from '../queries/audience.ts'
import { itemOf } from '../queries/course.ts'
import { peopleApart } from '../queries/item-rights.ts'
import type { Sight } from '../rules.ts'
import type { ItemRow } from '../tables.ts'
import { tellCourseShut } from './shut.ts'

/** An item as it now is, and the way from one sight to another; the same sight twice means that the item itself changed. */
export interface ItemStep {
  readonly item: ItemRow
  readonly before: Sight
  readonly after: Sight
}

/** Takes the words of items out of the earlier events of one audience. */
async function forget(ctx: WriteCtx, gone: readonly ItemRow[], sight: 'published' | 'draft'): Promise<void> {
  const [first] = gone
  if (!first) return
  const alone = gone.map(({ id }) => ({ item: { id } }))
  const together = gone.map(({ id }) => ({ items: [{ id }] }))
  const { client } = ctx
  if (sight === 'published') {
    await blankEvents(client, courseScope, first.courseId, ['itemPlaced', 'itemChanged'], alone)
    await blankEvents(client, courseScope, first.courseId, 'moduleCreated', together)
  } else {
    await blankEvents(client, courseStaffScope, first.courseId, ['draftPlaced', 'draftChanged'], alone)
    await blankEvents(client, courseStaffScope, first.courseId, 'draftsOfModuleRestored', together)
  }
}

/** Announces what became of items of one course: a fixed number of statements, but for those that are for some. */
export async function announceItems(ctx: WriteCtx, steps: readonly ItemStep[]): Promise<void> {
  for (const sight of ['published', 'draft'] as const)
    await forget(
      ctx,
      steps.flatMap(({ item, before, after }) => (before === sight && after !== sight ? [item] : [])),
      sight,
    )
  const taken = steps.find(({ before, after }) => before === 'published' && after !== 'published')
  if (taken) await tellCourseShut(ctx, taken.item.courseId)
  const drafts = steps.flatMap(({ item, before, after }) => (before === 'draft' || after === 'draft' ? [item] : []))
  const [first] = drafts
  if (first) {
    const ids = drafts.map(one => one.id)
    const people = await peopleApart(ctx, first.courseId, ids)
    if (people.length > 0) await bumpUsers(ctx, people, 'courses')
  }
  for (const { item, before, after } of steps) {
    const { courseId, id } = item
    if (before !== after && before === 'published')
      ctx.announce(courseScope, courseId, { kind: 'itemRemoved', body: { id } })
    if (before !== after && before === 'draft')
      ctx.announce(courseStaffScope, courseId, { kind: 'draftRemoved', body: { id } })
    if (item.audience === 'some') await bumpUsers(ctx, await peopleOf(ctx, item), 'courses')
    const body = { item: itemOf(item) }
    if (after === 'published')
      ctx.announce(courseScope, courseId, { kind: before === after ? 'itemChanged' : 'itemPlaced', body })
    if (after === 'draft')
      ctx.announce(courseStaffScope, courseId, { kind: before === after ? 'draftChanged' : 'draftPlaced', body })
  }
}

/** The same of one item. */
export const announceItem = (ctx: WriteCtx, item: ItemRow, before: Sight, after: Sight): Promise<void> =>
  announceItems(ctx, [{ item, before, after }])
