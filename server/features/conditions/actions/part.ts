// Releases as a part of their course: their dates moved, their conditions about the things of the new one. A condition about
// something that did not come along asks for nothing there and is left out.
import * as z from 'zod/mini'
import { idSchema, instant } from '#protocol/base/ids.ts'
import {
  type Condition,
  type ConditionGroup,
  type ConditionNode,
  conditionsIn,
  conditionTree,
  isGroup,
  type LockSubject,
  lockSubject,
} from '#protocol/conditions.ts'
import type { ItemId, ModuleId } from '#protocol/courses.ts'
import {
  type CourseDate,
  type CourseMaking,
  type CoursePart,
  hideModuleUntilOpen,
  hideUntilOpen,
} from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { outlookOf, targetsOf } from '../queries/standing.ts'
import { releases } from '../tables.ts'
import { demandNoCircle } from './releases.ts'

const releasesShape = z
  .array(
    z
      .strictObject({
        subject: lockSubject,
        subjectId: idSchema<'Subject'>(),
        opensAt: z.nullable(instant),
        closesAt: z.nullable(instant),
        tree: z.nullable(conditionTree),
      })
      .check(z.refine(({ opensAt, closesAt }) => !opensAt || !closesAt || new Date(opensAt) < new Date(closesAt))),
  )
  .check(z.refine(all => new Set(all.map(one => `${one.subject} ${one.subjectId}`)).size === all.length))

function conditionIn({ find, move }: CourseMaking, one: Condition, fields: ReadonlySet<string>): Condition | null {
  switch (one.kind) {
    case 'date':
      return { ...one, at: move(new Date(one.at)).toISOString() }
    case 'profile':
      // Fields of profiles are the school's.
      return fields.has(one.fieldId) ? one : null
    case 'completion': {
      const itemId = find<typeof one.itemId>('item', one.itemId)
      return itemId === undefined ? null : { ...one, itemId }
    }
    case 'score': {
      const gradeItemId = find<typeof one.gradeItemId>('column', one.gradeItemId)
      return gradeItemId === undefined ? null : { ...one, gradeItemId }
    }
    case 'module': {
      const moduleId = find<typeof one.moduleId>('module', one.moduleId)
      return moduleId === undefined ? null : { ...one, moduleId }
    }
    case 'group': {
      const groupId = find<typeof one.groupId>('group', one.groupId)
      return groupId === undefined ? null : { ...one, groupId }
    }
    case 'set': {
      const setId = find<typeof one.setId>('group-set', one.setId)
      return setId === undefined ? null : { ...one, setId }
    }
  }
}

function nodeIn(making: CourseMaking, node: ConditionNode, fields: ReadonlySet<string>): ConditionNode | null {
  if (!isGroup(node)) return conditionIn(making, node, fields)
  const of = node.of.flatMap(one => nodeIn(making, one, fields) ?? [])
  return of.length === 0 ? null : { op: node.op, of }
}

/** A node without what waits for a day; null when nothing is left of it. */
function undatedNode(node: ConditionNode): ConditionNode | null {
  if (!isGroup(node)) return node.kind === 'date' ? null : node
  const of = node.of.flatMap(one => undatedNode(one) ?? [])
  return of.length === 0 ? null : { op: node.op, of }
}

/** The fields of profiles that are asked for and stand in this school. */
async function fieldsIn(ctx: WriteCtx, conditions: readonly Condition[]): Promise<ReadonlySet<string>> {
  const asked = conditions.filter(one => one.kind === 'profile')
  if (asked.length === 0) return new Set()
  const known = await targetsOf(ctx, await outlookOf(ctx, []), asked)
  return new Set(asked.map(one => one.fieldId).filter(id => known.has(`profile ${id}`)))
}

export const releasesPart: CoursePart<z.infer<typeof releasesShape>> = {
  shape: releasesShape,
  take: async (_ctx, courseId) => {
    const order: [string, string][] = [
      ['subject', 'asc'],
      ['subjectId', 'asc'],
    ]
    const rows = await releases.findAll({ where: { courseId }, order, raw: true })
    return rows.map(row => ({
      subject: row.subject,
      subjectId: row.subjectId as never,
      opensAt: row.opensAt?.toISOString() ?? null,
      closesAt: row.closesAt?.toISOString() ?? null,
      tree: row.tree,
    }))
  },
  dates: (part, titles) =>
    part.flatMap(({ subjectId, opensAt, closesAt }): CourseDate[] => {
      const title = titles.get(subjectId)
      if (title === undefined) return []
      return [
        ...(opensAt ? [{ title, what: 'opens' as const, at: new Date(opensAt) }] : []),
        ...(closesAt ? [{ title, what: 'until' as const, at: new Date(closesAt) }] : []),
      ]
    }),
  undated: part =>
    part.map(row => {
      const tree = row.tree && (undatedNode(row.tree) as ConditionGroup | null)
      return { ...row, opensAt: null, closesAt: null, tree }
    }),
  hang: async (ctx, making, part) => {
    const { to: courseId, find, move } = making
    const fields = await fieldsIn(
      ctx,
      part.flatMap(one => conditionsIn(one.tree)),
    )
    // What says nothing hides nothing.
    const silent: { subject: LockSubject; subjectId: string }[] = []
    await releases.bulkCreate(
      part.flatMap(row => {
        const subjectId = find<string>(row.subject, row.subjectId)
        if (subjectId === undefined) return []
        const opensAt = row.opensAt === null ? null : move(new Date(row.opensAt))
        const closesAt = row.closesAt === null ? null : move(new Date(row.closesAt))
        const tree = row.tree && (nodeIn(making, row.tree, fields) as ConditionGroup | null)
        // Moved past a free day it would close before it opens: then it closes when it would have.
        const open = opensAt && closesAt && opensAt >= closesAt ? null : opensAt
        if (open === null && closesAt === null && tree === null) {
          silent.push({ subject: row.subject, subjectId })
          return []
        }
        return [
          {
            ...{ subject: row.subject, subjectId, courseId, opensAt: open, closesAt, tree },
            version: 1,
            changedAt: ctx.now,
          },
        ]
      }),
    )
    for (const { subject, subjectId } of silent)
      await (subject === 'item'
        ? hideUntilOpen(ctx, { courseId, itemId: subjectId as ItemId }, 'shown')
        : hideModuleUntilOpen(ctx, { courseId, moduleId: subjectId as ModuleId }, 'shown'))
    if (part.some(one => one.tree !== null)) await demandNoCircle(ctx, courseId)
  },
}
