// Says when an item or a module opens and what opens it. Rights were asked by the door.
import { demand, Problem } from '#protocol/base/problems.ts'
import { conditionsIn, conditionsScope, type Release, targetOf } from '#protocol/conditions.ts'
import type { CourseId, ItemId, ModuleId } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import {
  courseContext,
  hideModuleUntilOpen,
  hideUntilOpen,
  lockCourse,
  tellCourseShut,
} from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { releaseFor, releaseOf } from '../queries/releases.ts'
import { lockFree, type Outlook, outlookOf, targetsOf } from '../queries/standing.ts'
import { circleIn } from '../rules.ts'
import { type ReleaseRow, releases } from '../tables.ts'

export interface ReleaseInput extends Release {
  readonly courseId: CourseId
}

const wrong = (path: string, code: string) => new Problem('malformed', { errors: [{ path, code }] })

function demandSubject({ items, modules }: Outlook, { subject, subjectId }: ReleaseInput): string {
  const item = subject === 'item' ? items.get(subjectId) : undefined
  const found = item ?? (subject === 'module' ? modules.get(subjectId) : undefined)
  if (!found) throw new Problem('not-found')
  // A class is come into by its code, when it is held.
  if (item && lockFree.has(item.kind)) throw wrong('subjectId', 'never_locked')
  return found.title
}

/** What a condition is about stands in the course; what stood in the tree before may be gone since. */
async function demandTargets(ctx: WriteCtx, outlook: Outlook, input: ReleaseInput, before: ReleaseRow): Promise<void> {
  const conditions = conditionsIn(input.tree)
  const kept = new Set(conditionsIn(before.tree).map(one => `${one.kind} ${targetOf(one)}`))
  const targets = await targetsOf(ctx, outlook, conditions)
  for (const one of conditions) {
    const key = `${one.kind} ${targetOf(one)}`
    if (one.kind === 'date' || kept.has(key)) continue
    const target = targets.get(key)
    const here = target?.courseId === null || target?.courseId === input.courseId
    if (!here || target.offered === false) throw wrong('tree', 'not_found')
  }
}

/** Throws `circular`, with the titles on the way round, where something of the course would wait for itself. */
export async function demandNoCircle(ctx: WriteCtx, courseId: string): Promise<void> {
  const outlook = await outlookOf(ctx, [courseId])
  const gates = outlook.gates.filter(one => one.tree !== null)
  if (gates.length === 0) return
  const targets = await targetsOf(
    ctx,
    outlook,
    gates.flatMap(one => conditionsIn(one.tree)),
  )
  const behind = new Map([...targets].map(([key, { itemIds }]) => [key.slice(key.indexOf(' ') + 1), itemIds]))
  const path = circleIn({ items: [...outlook.items.values()], modules: [...outlook.modules.values()], gates, behind })
  if (path) throw new Problem('circular', { params: { path } })
}

/** Has everybody in the course read anew what is shut for them, and be judged anew. One of the action's scopes. */
export async function tellReleases(ctx: WriteCtx, courseId: string): Promise<void> {
  ctx.announce(conditionsScope, courseId, { kind: 'releasesChanged', body: {} })
  await tellCourseShut(ctx, courseId)
}

/**
 * Replaces the whole release of an item or a module. What says nothing hides nothing. Throws `not-found`, `malformed`,
 * `circular` and `conflict`.
 */
export async function changeRelease(ctx: WriteCtx, input: ReleaseInput): Promise<Release> {
  const { courseId, subject, subjectId, tree } = input
  await lockCourse(ctx, courseId)
  const outlook = await outlookOf(ctx, [courseId])
  const title = demandSubject(outlook, input)
  const { row: before, release: current } = await releaseFor(ctx, courseId, subject, subjectId)
  demand(input.version === before.version, 'conflict', { params: { current } })
  const [opensAt, closesAt] = [input.from, input.until].map(at => (at === null ? null : new Date(at)))
  if (opensAt && closesAt && opensAt >= closesAt) throw wrong('until', 'too_small')
  await demandTargets(ctx, outlook, input, before)
  const hidden = input.hidden && (input.from !== null || input.until !== null || tree !== null)
  const row: ReleaseRow = {
    ...{ subject, subjectId, courseId, tree },
    ...{ opensAt: opensAt ?? null, closesAt: closesAt ?? null },
    ...{ version: before.version + 1, changedAt: ctx.now },
  }
  await releases.upsert(row)
  await demandNoCircle(ctx, courseId)
  const sight = hidden ? 'hidden' : 'shown'
  if (subject === 'item') await hideUntilOpen(ctx, { courseId, itemId: subjectId as ItemId }, sight)
  else await hideModuleUntilOpen(ctx, { courseId, moduleId: subjectId as ModuleId }, sight)
  await audit.record(ctx, {
    verb: 'release.changed',
    subject: { kind: subject, id: subjectId },
    context: courseContext(courseId),
    details: {
      ...{ courseId, title },
      before: { from: current.from, until: current.until, hidden: current.hidden, tree: current.tree },
      after: { from: input.from, until: input.until, hidden, tree },
    },
  })
  await tellReleases(ctx, courseId)
  return releaseOf(row, hidden)
}
