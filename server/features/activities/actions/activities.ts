// Makes and changes activities. Asks no rights: the door, or the feature that calls, did.
import { isDeepStrictEqual } from 'node:util'
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { Activity, ActivityId } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem, courseContext, getCourse, placeItem } from '#server/features/courses/index.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { kindOf } from '../kinds/registry.ts'
import { activityOf, getActivity, loadPlan, settingsOf } from '../queries/activities.ts'
import { tellChanged } from '../queries/gates.ts'
import { type ActivityRow, activities } from '../tables.ts'
import { rescoreItems } from './rescore.ts'

export interface NewActivity {
  courseId: string
  moduleId?: string | null | undefined
  kind: ActivityKindName
  title: string
  /** What the kind's settings do not know is refused as `malformed`; what is left out gets its default. */
  settings: Record<string, unknown>
  /** True puts it on the course home as a draft, which only staff see. */
  place: boolean
}

/** Makes an activity without items. Throws `not-found` for course or module, `malformed` for settings. */
export async function createActivity(ctx: WriteCtx, given: NewActivity): Promise<Activity> {
  const course = await getCourse(ctx, given.courseId)
  const row: ActivityRow = {
    id: newId<'Activity'>(),
    courseId: course.id,
    kind: given.kind,
    title: given.title,
    settings: settingsOf(given.kind, given.settings),
    version: 0,
    createdBy: actorOf(ctx.who),
    createdAt: ctx.now,
  }
  await activities.create(row)
  await audit.record(ctx, {
    ...{ verb: 'activity.created', subject: { kind: 'activity', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, title: row.title, kind: row.kind },
  })
  if (given.place) {
    const { courseId, title } = row
    const moduleId = given.moduleId ?? null
    await placeItem(ctx, { courseId, moduleId, kind: 'activity', refId: row.id, title, published: false })
  }
  return activityOf(row)
}

/**
 * Changes title or settings; other scoring scores anew what is settled. Throws `not-found`, `malformed` for settings, and
 * `conflict` with the current row when `version` is an older one.
 */
export async function changeActivity(
  ctx: WriteCtx,
  given: {
    activityId: ActivityId
    version: number
    title?: string | undefined
    settings?: Record<string, unknown> | undefined
  },
): Promise<Activity> {
  await lockActivity(ctx, given.activityId)
  const row = await getActivity(ctx, given.activityId)
  if (row.version !== given.version) throw new Problem('conflict', { params: { current: activityOf(row) } })
  const settings = given.settings ? settingsOf(row.kind, { ...row.settings, ...given.settings }) : row.settings
  const next: ActivityRow = { ...row, title: given.title ?? row.title, settings, version: row.version + 1 }
  await activities.update({ title: next.title, settings, version: next.version }, { where: { id: row.id } })
  const kind = kindOf(row.kind)
  const weighs = (of: unknown) => `${kind.scored(of)} ${kind.counts(of)}`
  const scoresAnew = weighs(settings) !== weighs(row.settings)
  if (scoresAnew) {
    await audit.record(ctx, {
      verb: 'activity.rescored',
      subject: { kind: 'activity', id: row.id },
      context: courseContext(row.courseId),
      details: { title: row.title, before: row.settings, after: settings },
    })
    await rescoreItems(
      ctx,
      row.id,
      (await loadPlan(ctx, next)).items.map(item => item.id),
    )
  }
  if (next.title !== row.title) await changeItem(ctx, { kind: 'activity', refId: row.id, title: next.title })
  if (next.title !== row.title || !isDeepStrictEqual(settings, row.settings))
    await tellChanged(ctx, row.id, scoresAnew ? 'record' : 'plan')
  return activityOf(next)
}

/** Changes of one activity and its items go one after the other. */
export async function lockActivity(ctx: WriteCtx, activityId: ActivityId): Promise<void> {
  await ctx.sql('select id from activities where id = $1 for no key update', [activityId])
}
