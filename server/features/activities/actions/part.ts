// Activities as a part of their course: those that stand in it, with their items. What was given out and answered stays
// behind.
import * as z from 'zod/mini'
import {
  type ActivityKindName,
  activityKindName,
  activityKindOf,
  activityKinds,
} from '#protocol/activities/registry.ts'
import { type ActivityId, activityId, type ItemId, ruling } from '#protocol/activities.ts'
import { decimal, line } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type QuestionVersionId, questionVersionId } from '#protocol/questions.ts'
import { type CourseMaking, type CoursePart, standingRefs } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { settingsOf, typesOf } from '../queries/activities.ts'
import { mayScore } from '../rules.ts'
import { activities, activityItems } from '../tables.ts'
import { mostItems } from './items.ts'

const activitiesShape = z.array(
  z
    .strictObject({
      id: activityId,
      kind: activityKindName,
      title: line(200),
      settings: z.record(z.string(), z.unknown()),
      items: z
        .array(
          z.strictObject({
            questionVersionId,
            position: z.int().check(z.minimum(0), z.maximum(1_000_000)),
            points: decimal.check(z.refine(mayScore)),
            ruling,
          }),
        )
        .check(z.maxLength(mostItems)),
    })
    .check(z.refine(({ kind, settings }) => z.safeParse(activityKindOf(kind).settings, settings).success)),
)

interface Asking {
  readonly row: { readonly kind: ActivityKindName; readonly title: string }
  readonly items: readonly { readonly questionVersionId: string }[]
}

/** A kind takes some types of question alone. Throws `archive-unfit`. */
async function demandTaken(ctx: WriteCtx, all: readonly Asking[], find: CourseMaking['find']): Promise<void> {
  const asked = all.flatMap(({ row, items }) =>
    items.map(one => ({ row, version: find<string>('question-version', one.questionVersionId) ?? '' })),
  )
  const types = await typesOf(
    ctx,
    asked.flatMap(one => one.version || []),
  )
  for (const { row, version } of asked) {
    const taken: readonly string[] = activityKinds[row.kind].takes
    const type = types.get(version)
    demand(type === undefined || taken.includes(type), 'archive-unfit', {
      params: { part: 'activities', path: row.title },
    })
  }
}

/** After the questions they ask. */
export const activitiesPart: CoursePart<z.infer<typeof activitiesShape>> = {
  shape: activitiesShape,
  take: async (ctx, courseId) => {
    const ids = (await standingRefs(ctx, courseId, 'activity')) as ActivityId[]
    const rows = await activities.findAll({ where: { id: ids }, order: [['id', 'asc']], raw: true })
    const items = await activityItems.findAll({
      where: { activityId: ids, removedAt: null },
      order: [
        ['position', 'asc'],
        ['id', 'asc'],
      ],
      raw: true,
    })
    return rows.map(({ id, kind, title, settings }) => ({
      ...{ id, kind, title, settings },
      items: items
        .filter(one => one.activityId === id)
        .map(({ questionVersionId, position, points, ruling }) => ({
          ...{ questionVersionId, position, ruling },
          points: z.parse(decimal, points),
        })),
    }))
  },
  count: part => ({ activities: part.length }),
  lines: part => part.map(({ id }) => ({ kind: 'activity', refId: id })),
  make: async (ctx, { from, to: courseId, name, find, show }, part) => {
    const made = { version: 0, createdBy: actorOf(ctx.who), createdAt: ctx.now }
    const rows = part.map(({ items, ...one }) => {
      const id = name<ActivityId>('activity', one.id)
      show('activity', one.id, { refId: id, badge: null, detail: {} })
      return { row: { ...one, ...made, id, courseId, settings: settingsOf(one.kind, one.settings) }, items }
    })
    await activities.bulkCreate(rows.map(one => one.row))
    if (from === null) await demandTaken(ctx, rows, find)
    await activityItems.bulkCreate(
      rows.flatMap(({ row, items }) =>
        items.flatMap(item => {
          const version = find<QuestionVersionId>('question-version', item.questionVersionId)
          if (version === undefined) return []
          const id = newId<'ActivityItem'>() as ItemId
          return [{ ...item, id, activityId: row.id, questionVersionId: version, version: 0, removedAt: null }]
        }),
      ),
    )
  },
}
