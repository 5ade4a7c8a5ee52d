// Hears what makes somebody get on that is announced elsewhere: that something was handed in.
import { assignmentScope } from '#protocol/assignments.ts'
import { courseOfAssignment } from '#server/features/assignments/index.ts'
import { bindListener } from '#server/platform/feature.ts'
import { tellMoved } from './actions.ts'

export const handedInListener = bindListener(assignmentScope, {
  name: 'progress.handed-in',
  kinds: ['handedIn'],
  run: async (ctx, { scopeId }) => tellMoved(ctx, await courseOfAssignment(scopeId)),
})
