// Sections, sets and groups as a part of their course: the structure alone. Who is in them stays behind.
import * as z from 'zod/mini'
import {
  type GroupId,
  type GroupSetId,
  groupId,
  groupName,
  groupSetId,
  groupSettings,
  mostGroups,
  mostSets,
} from '#protocol/groups.ts'
import { createContexts } from '#server/features/access/index.ts'
import { type CoursePart, courseContext } from '#server/features/courses/index.ts'
import { listGroups } from '../queries/groups.ts'
import { groupSets, groups } from '../tables.ts'

const groupsShape = z.strictObject({
  sets: z.array(z.strictObject({ id: groupSetId, name: groupName, ...groupSettings })).check(z.maxLength(mostSets)),
  groups: z
    .array(z.strictObject({ id: groupId, setId: z.nullable(groupSetId), name: groupName }))
    .check(z.maxLength(mostGroups)),
})

export const groupsPart: CoursePart<z.infer<typeof groupsShape>> = {
  shape: groupsShape,
  take: async (ctx, courseId) => ({
    sets: (await groupSets.findAll({ where: { courseId, removedAt: null }, order: [['id', 'asc']], raw: true })).map(
      ({ id, name, signUp, most, withinSections }) => ({
        ...{ id, name, signUp, most, withinSections },
      }),
    ),
    groups: (await listGroups(ctx, courseId)).map(({ id, setId, name }) => ({ id, setId, name })),
  }),
  count: part => ({ groups: part.groups.length }),
  make: async (ctx, { to: courseId, name, find }, part) => {
    const fresh = { courseId, version: 0, removedAt: null, removedBy: null }
    await groupSets.bulkCreate(part.sets.map(set => ({ ...set, ...fresh, id: name<GroupSetId>('group-set', set.id) })))
    const made = part.groups.flatMap(group => {
      const setId = group.setId === null ? null : find<GroupSetId>('group-set', group.setId)
      return setId === undefined
        ? []
        : [{ ...group, ...fresh, id: name<GroupId>('group', group.id), setId, changes: 0 }]
    })
    await groups.bulkCreate(made)
    if (made.length > 0)
      await createContexts(ctx, { kind: 'group', ids: made.map(one => one.id) }, courseContext(courseId))
  },
}
