// Looks over what changed as soon as it has, and tells open reports when something comes, goes or is brought back.
import * as z from 'zod/mini'
import { assignmentScope } from '#protocol/assignments.ts'
import type { ScopeSpec } from '#protocol/base/scope.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import { filesScope } from '#protocol/files.ts'
import { glossaryScope } from '#protocol/glossaries.ts'
import { lessonScope } from '#protocol/lessons.ts'
import type { Listener } from '#server/platform/feature.ts'
import { checkChanged, findingsChanged } from './actions/check.ts'
import { courseOfItem } from './queries/things.ts'

const withItem = z.object({ item: z.object({ kind: z.string() }) })

/** Kinds of items that are looked over, or in which something is. */
const looked = new Set(['page', 'file', 'lesson', 'glossary', 'assignment'])

/** Whether an event is about something that is looked over; what says no kind may be. */
const concerns = ({ body }: { readonly body: unknown }): boolean => {
  const one = z.safeParse(withItem, body)
  return !one.success || looked.has(one.data.item.kind)
}

/** Kinds of events that change which things there are, not what is in them. */
const moving = new Set(['itemRemoved', 'draftRemoved', 'itemPlaced', 'draftPlaced', 'changed'])

const run: Listener['run'] = async (ctx, { scopeId: courseId, kind }) => {
  await checkChanged(ctx, courseId)
  if (moving.has(kind) || kind.includes('odule')) await findingsChanged(ctx, courseId)
}

const sieve: Listener['sieve'] = async () => concerns

// A change within an item is told to whoever has that open, and not to its course.
const within = (kind: string, scope: ScopeSpec): Listener => ({
  name: `accessibility.${kind}`,
  scope,
  kinds: ['changed'],
  run: async (ctx, { scopeId }) => {
    const courseId = await courseOfItem(ctx, kind, scopeId)
    if (courseId !== undefined) await checkChanged(ctx, courseId)
  },
})

export const listeners: readonly Listener[] = [
  {
    name: 'accessibility.course',
    scope: courseScope,
    kinds: ['itemPlaced', 'itemChanged', 'itemRemoved', 'moduleCreated', 'moduleRemoved'],
    sieve,
    run,
  },
  {
    name: 'accessibility.staff',
    scope: courseStaffScope,
    kinds: ['draftPlaced', 'draftChanged', 'draftRemoved', 'draftsOfModuleRemoved', 'draftsOfModuleRestored'],
    sieve,
    run,
  },
  { name: 'accessibility.files', scope: filesScope, kinds: ['changed'], run },
  within('lesson', lessonScope),
  within('glossary', glossaryScope),
  within('assignment', assignmentScope),
]
