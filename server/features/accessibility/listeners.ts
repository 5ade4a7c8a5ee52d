// Looks over what changed as soon as it has, and tells open reports when something comes, goes or is brought back.
import * as z from 'zod/mini'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import { filesScope } from '#protocol/files.ts'
import type { Listener } from '#server/platform/feature.ts'
import { checkChanged, findingsChanged } from './actions/check.ts'

const withItem = z.object({ item: z.object({ kind: z.string() }) })

/** Whether an event is about something that is looked over; what says no kind may be. */
const concerns = ({ body }: { readonly body: unknown }): boolean => {
  const one = z.safeParse(withItem, body)
  return !one.success || one.data.item.kind === 'page' || one.data.item.kind === 'file'
}

/** Kinds of events that change which things there are, not what is in them. */
const moving = new Set(['itemRemoved', 'draftRemoved', 'itemPlaced', 'draftPlaced', 'changed'])

const run: Listener['run'] = async (ctx, { scopeId: courseId, kind }) => {
  await checkChanged(ctx, courseId)
  if (moving.has(kind) || kind.includes('odule')) await findingsChanged(ctx, courseId)
}

const sieve: Listener['sieve'] = async () => concerns

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
]
