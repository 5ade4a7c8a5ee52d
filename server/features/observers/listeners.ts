// Tells observers what is told to a learner in a scope that is the learner's alone: corrections of their attendance.
import { ownAttendanceScope } from '#protocol/attendance.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { bumpUsers } from '#server/features/accounts/index.ts'
import { bindListener } from '#server/platform/feature.ts'
import { observersOf } from './queries/links.ts'

export const correctedListener = bindListener(ownAttendanceScope, {
  name: 'observers.corrected',
  kinds: ['ownCorrected'],
  run: async (ctx, { scopeId }) => {
    const [, learnerId] = scopeId.split('~')
    const observers = await observersOf(ctx, [learnerId as AccountId])
    if (observers.length > 0) await bumpUsers(ctx, observers, 'observed')
  },
})
