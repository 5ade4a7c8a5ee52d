// Calls an assignment to mind a day before it is due: those it is open to who have not handed it in.
import * as z from 'zod/mini'
import { assignmentKind, findDue, listAsked } from '#server/features/assignments/index.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { findItem } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { remindAt } from '../rules.ts'
import { tellAll } from './tell.ts'

const remindData = z.object({ assignmentId: z.uuid() })

/** Plans the reminder of an assignment that was published; none when it is due within a day. */
export async function planAssignment(ctx: WriteCtx, assignmentId: string, dueAt: Date | null): Promise<void> {
  const at = remindAt(dueAt, ctx.now)
  if (at) await ctx.enqueue(remindOfAssignmentJob, { assignmentId }, { startAfter: at })
}

export const remindOfAssignmentJob: JobBinding = {
  name: 'notifications.remind-assignment',
  run: async (ctx, data) => {
    const { assignmentId } = z.parse(remindData, data)
    const found = await findDue(assignmentId)
    if (!found?.dueAt || found.dueAt <= ctx.now) return
    // It was given more time meanwhile.
    if (remindAt(found.dueAt, ctx.now)) return planAssignment(ctx, assignmentId, found.dueAt)
    const item = await findItem(ctx, { kind: assignmentKind, refId: assignmentId })
    if (!item?.published) return
    const asked = (await listAsked(ctx, assignmentId)).filter(one => !one.done).map(one => one.accountId)
    const shut = await shutFor(ctx, [found.courseId], asked)
    const people = asked.filter(id => shut(id, item) !== 'hidden')
    const source = `due ${assignmentId} ${found.dueAt.toISOString()}`
    await tellAll(ctx, people, { kind: 'due', source, refId: assignmentId, courseId: found.courseId, messageId: null })
  },
}
