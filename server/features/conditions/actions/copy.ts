// Releases in a copy of a course: their dates moved, their conditions about the things of the copy. A condition about
// something that did not come along, such as a group, asks for nothing there and is left out.
import type { Condition, ConditionGroup, ConditionNode } from '#protocol/conditions.ts'
import { isGroup, targetOf } from '#protocol/conditions.ts'
import type { CourseCopier, CourseCopy, CourseDate } from '#server/features/courses/index.ts'
import { listDates } from '../queries/releases.ts'
import { releases } from '../tables.ts'

function conditionIn({ ids, move }: CourseCopy, one: Condition): Condition | null {
  if (one.kind === 'date') return { ...one, at: move(new Date(one.at)).toISOString() }
  // Fields of profiles are the school's.
  if (one.kind === 'profile') return one
  const id = ids.get(targetOf(one) ?? '')
  if (id === undefined) return null
  switch (one.kind) {
    case 'completion':
      return { ...one, itemId: id as typeof one.itemId }
    case 'score':
      return { ...one, gradeItemId: id as typeof one.gradeItemId }
    case 'module':
      return { ...one, moduleId: id as typeof one.moduleId }
    case 'group':
      return { ...one, groupId: id as typeof one.groupId }
  }
}

function nodeIn(copy: CourseCopy, node: ConditionNode): ConditionNode | null {
  if (!isGroup(node)) return conditionIn(copy, node)
  const of = node.of.flatMap(one => nodeIn(copy, one) ?? [])
  return of.length === 0 ? null : { op: node.op, of }
}

export const releasesCopier: CourseCopier = {
  dates: async (ctx, courseId) =>
    (await listDates(ctx, courseId)).flatMap(({ title, opens_at: opensAt, closes_at: closesAt }): CourseDate[] => [
      ...(opensAt ? [{ title, what: 'opens' as const, at: new Date(opensAt) }] : []),
      ...(closesAt ? [{ title, what: 'until' as const, at: new Date(closesAt) }] : []),
    ]),
  hang: async (ctx, copy) => {
    const rows = await releases.findAll({ where: { courseId: copy.from }, raw: true })
    await releases.bulkCreate(
      rows.flatMap(row => {
        const subjectId = copy.ids.get(row.subjectId)
        if (subjectId === undefined) return []
        const opensAt = row.opensAt && copy.move(row.opensAt)
        const closesAt = row.closesAt && copy.move(row.closesAt)
        const tree = row.tree && (nodeIn(copy, row.tree) as ConditionGroup | null)
        // Moved past a free day it would close before it opens: then it closes when it would have.
        const open = opensAt && closesAt && opensAt >= closesAt ? null : opensAt
        return [{ ...row, subjectId, courseId: copy.to, opensAt: open, closesAt, tree, version: 1, changedAt: ctx.now }]
      }),
    )
  },
}
