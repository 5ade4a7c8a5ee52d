// Activities in a copy of a course: those that stand in it, with their items. What was given out and answered stays behind.
import type { ActivityId } from '#protocol/activities.ts'
import type { QuestionVersionId } from '#protocol/questions.ts'
import { type CourseCopier, standingRefs } from '#server/features/courses/index.ts'
import { actorOf } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { activities, activityItems } from '../tables.ts'

/** How activities come along; after the questions they ask. */
export const activitiesCopier: CourseCopier = {
  count: async (ctx, courseId) => ({ activities: (await standingRefs(ctx, courseId, 'activity')).length }),
  make: async (ctx, { from, to, ids }) => {
    const rows = await activities.findAll({ where: { id: await standingRefs(ctx, from, 'activity') }, raw: true })
    for (const { id } of rows) ids.set(id, newId())
    const own = <T extends string>(id: T): T => ids.get(id) as T
    await activities.bulkCreate(
      rows.map(row => ({
        ...row,
        id: own(row.id),
        courseId: to,
        version: 0,
        createdBy: actorOf(ctx.who),
        createdAt: ctx.now,
      })),
    )
    const items = await activityItems.findAll({
      where: { activityId: rows.map(row => row.id), removedAt: null },
      raw: true,
    })
    await activityItems.bulkCreate(
      items
        .filter(item => ids.has(item.questionVersionId))
        .map(item => ({
          ...item,
          id: newId<'ActivityItem'>(),
          activityId: own(item.activityId) as ActivityId,
          questionVersionId: own(item.questionVersionId) as QuestionVersionId,
          version: 0,
        })),
    )
  },
}
