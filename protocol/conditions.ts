// Conditions on the wire: when an item or a module opens, what opens it, and how that stands for one person. A tree is
// at most three groups deep; what a condition of each kind means is said by the feature that registers it.
import * as z from 'zod/mini'
import { profileField } from './accounts/profile.ts'
import { defineRoutes, read, route, write } from './base/call.ts'
import { instant, line, uuid, version } from './base/ids.ts'
import { defineScope } from './base/scope.ts'
import { courseId, courseItem, itemId, moduleId } from './courses.ts'
import { gradeItemId } from './grades.ts'
import { groupId, groupSetId } from './groups.ts'

/** What can be locked. */
export const lockSubject = z.enum(['item', 'module'])
export type LockSubject = z.infer<typeof lockSubject>

/** Not before this moment, or no longer from it on. */
export const dateCondition = z.strictObject({ kind: z.literal('date'), is: z.enum(['from', 'until']), at: instant })
/** An item is done, or is not. */
export const completionCondition = z.strictObject({
  kind: z.literal('completion'),
  itemId,
  is: z.enum(['done', 'not-done']),
})
const percentage = z.int().check(z.minimum(1), z.maximum(100))
/** At least so many percent in a column of the gradebook (`percent`), less than so many (`below`), or both: a range. */
export const scoreCondition = z
  .strictObject({
    kind: z.literal('score'),
    gradeItemId,
    percent: z.optional(percentage),
    below: z.optional(percentage),
  })
  .check(
    z.refine(({ percent, below }) => percent !== undefined || below !== undefined),
    z.refine(({ percent, below }) => percent === undefined || below === undefined || percent < below),
  )
/** All that a module asks is done. */
export const moduleCondition = z.strictObject({ kind: z.literal('module'), moduleId })
/** The person is in a group. */
export const groupCondition = z.strictObject({ kind: z.literal('group'), groupId })
/** The person is in any group of a set. */
export const setCondition = z.strictObject({ kind: z.literal('set'), setId: groupSetId })
export const fieldId = uuid()
/** A field of the person's profile; compared without regard to case. */
export const profileCondition = z.strictObject({
  kind: z.literal('profile'),
  fieldId,
  is: z.enum(['equals', 'contains']),
  value: line(200),
})

export const condition = z.discriminatedUnion('kind', [
  dateCondition,
  completionCondition,
  scoreCondition,
  moduleCondition,
  groupCondition,
  setCondition,
  profileCondition,
])
export type Condition = z.infer<typeof condition>
export type ConditionKindName = Condition['kind']
export type ConditionOf<K extends ConditionKindName> = Extract<Condition, { kind: K }>

/** all: each holds. any: one at least holds. not: none holds. */
export const groupOps = ['all', 'any', 'not'] as const
const groupOp = z.enum(groupOps)
export type GroupOp = z.infer<typeof groupOp>

/** How much one group holds, and one tree as a whole. */
export const mostInGroup = 10
export const mostInTree = 20
/** Groups within groups, the outermost counted. */
export const deepestTree = 3

const members = <T extends z.core.$ZodType>(one: T) => z.array(one).check(z.minLength(1), z.maxLength(mostInGroup))
const innermost = z.strictObject({ op: groupOp, of: members(condition) })
const inner = z.strictObject({ op: groupOp, of: members(z.union([condition, innermost])) })

export type ConditionNode = Condition | ConditionGroup
export interface ConditionGroup {
  readonly op: GroupOp
  readonly of: readonly ConditionNode[]
}

export const isGroup = (node: ConditionNode): node is ConditionGroup => 'op' in node

/** The conditions of a tree, in reading order. */
export const conditionsIn = (node: ConditionNode | null): Condition[] =>
  node === null ? [] : isGroup(node) ? node.of.flatMap(conditionsIn) : [node]

const outermost = z
  .strictObject({ op: groupOp, of: members(z.union([condition, inner])) })
  .check(z.refine(tree => conditionsIn(tree as ConditionGroup).length <= mostInTree))
/** Its type is told without its depth, which only the parsing knows. */
export const conditionTree = outermost as unknown as z.ZodMiniType<ConditionGroup, ConditionGroup>

/** What a condition is about: the id of an item, a module, a column, a group, a set of groups, a field; null for a date. */
export function targetOf(one: Condition): string | null {
  switch (one.kind) {
    case 'date':
      return null
    case 'completion':
      return one.itemId
    case 'score':
      return one.gradeItemId
    case 'module':
      return one.moduleId
    case 'group':
      return one.groupId
    case 'set':
      return one.setId
    case 'profile':
      return one.fieldId
  }
}

/** When an item or a module opens and what opens it. Without an end on either side it is always open on that side. */
export const release = z.object({
  subject: lockSubject,
  subjectId: uuid(),
  from: z.nullable(instant),
  until: z.nullable(instant),
  /** An item: not shown to whom it is locked. A module: what is in it is not; its own title always is. */
  hidden: z.boolean(),
  tree: z.nullable(conditionTree),
  /** 0 while nobody has said anything. */
  version,
})
export type Release = z.infer<typeof release>

/**
 * What a condition is about, for the sentence that names it. gone: it was removed, and the condition asks for nothing any
 * more. unseen: it stands, and the reader does not know of it. `itemId` leads to it.
 */
export const conditionTarget = z.object({
  id: z.string(),
  state: z.enum(['there', 'unseen', 'gone']),
  title: z.string(),
  itemId: z.nullable(itemId),
})
export type ConditionTarget = z.infer<typeof conditionTarget>

/**
 * What is shut for one person. `met`: the conditions of the tree, in reading order, that hold for them already. `targets`
 * names what they know of alone.
 */
export const lock = z.object({
  subject: lockSubject,
  subjectId: uuid(),
  /** waiting: it will open. over: its time has passed. */
  state: z.enum(['waiting', 'over']),
  from: z.nullable(instant),
  until: z.nullable(instant),
  tree: z.nullable(conditionTree),
  met: z.array(z.boolean()),
})
export type Lock = z.infer<typeof lock>

const inCourse = { courseId }

export const conditionRoutes = defineRoutes('conditions', {
  /** The fields of profiles that a condition may be about, in their order: those that whoever teaches may see. */
  profileFields: route(
    'GET',
    '/courses/:courseId/condition-fields',
    read(
      z.strictObject(inCourse),
      z.object({
        items: z.array(z.pick(profileField, { id: true, name: true, kind: true, options: true, filledBy: true })),
      }),
    ),
  ),
  /** Every release of the course, and what their conditions are about. For its staff. */
  list: route(
    'GET',
    '/courses/:courseId/releases',
    read(z.strictObject(inCourse), z.object({ releases: z.array(release), targets: z.array(conditionTarget) })),
  ),
  /**
   * Says when an item or a module opens; all of it at once. `conflict` with the current one when somebody was faster,
   * `circular` with the titles on the way round where it would wait for itself.
   */
  change: route(
    'PUT',
    '/courses/:courseId/releases/:subject/:subjectId',
    write(
      z.strictObject({
        ...inCourse,
        subject: lockSubject,
        subjectId: uuid(),
        version,
        from: z.nullable(instant),
        until: z.nullable(instant),
        hidden: z.boolean(),
        tree: z.nullable(conditionTree),
      }),
      z.object({ release }),
    ),
  ),
  /**
   * What is shut for the caller, what opens it, and the items that are hidden from others and open to them. `guarded`:
   * something in the course has a release. `nextAt`: the next date at which something may open or shut.
   */
  mine: route(
    'GET',
    '/courses/:courseId/locks',
    read(
      z.strictObject(inCourse),
      z.object({
        locks: z.array(lock),
        targets: z.array(conditionTarget),
        items: z.array(courseItem),
        guarded: z.boolean(),
        nextAt: z.nullable(instant),
      }),
    ),
  ),
})

/**
 * Who is in a course: a word that its releases changed, so that each reads what is shut for them. It says nothing else,
 * since that is another for everybody: readers follow its number.
 */
export const conditionsScope = defineScope({
  name: 'conditions',
  state: z.object({}),
  feeds: { releasesChanged: z.object({}) },
  fleeting: {},
  apply: state => state,
})
