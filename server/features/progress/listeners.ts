// Hears what makes somebody get on that is announced elsewhere: that something was handed in or played, a survey answered, or a
// lesson gone through.
import { assignmentScope } from '#protocol/assignments.ts'
import { lessonStaffScope } from '#protocol/lessons.ts'
import { packageScope } from '#protocol/packages.ts'
import { surveyScope } from '#protocol/surveys.ts'
import { courseOfAssignment } from '#server/features/assignments/index.ts'
import { courseOfLesson } from '#server/features/lessons/index.ts'
import { courseOfPackage } from '#server/features/packages/index.ts'
import { courseOfSurvey } from '#server/features/surveys/index.ts'
import { bindListener } from '#server/platform/feature.ts'
import { tellMoved } from './actions.ts'

export const handedInListener = bindListener(assignmentScope, {
  name: 'progress.handed-in',
  kinds: ['handedIn'],
  run: async (ctx, { scopeId }) => tellMoved(ctx, await courseOfAssignment(scopeId)),
})

export const playedListener = bindListener(packageScope, {
  name: 'progress.played',
  kinds: ['attempted'],
  run: async (ctx, { scopeId }) => tellMoved(ctx, await courseOfPackage(scopeId)),
})

export const answeredListener = bindListener(surveyScope, {
  name: 'progress.survey',
  kinds: ['answered', 'cleared'],
  run: async (ctx, { scopeId }) => tellMoved(ctx, await courseOfSurvey(scopeId)),
})

export const finishedListener = bindListener(lessonStaffScope, {
  name: 'progress.lesson',
  kinds: ['finished'],
  run: async (ctx, { scopeId }) => tellMoved(ctx, await courseOfLesson(scopeId)),
})
