// Quizzes as homework: a delivery taken alone until its due time, on the same record and the same column as the class.

import * as z from 'zod/mini'
import type { DeliveryId } from '#protocol/activities.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { registerDeliveryGate } from '#server/features/activities/index.ts'
import { registerItemAudience, registerTodaySource } from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { closeDue, closeJob } from './actions.ts'
import { httpHandlers } from './http.ts'
import { homeworkAudience, maySitHomework } from './queries/people.ts'
import { dueToday, givenToday } from './queries/today.ts'
import { homeworkKind } from './rules.ts'

export { assignHomework, closeDue } from './actions.ts'
export { learnersFor } from './queries/people.ts'
export { homeworkKind } from './rules.ts'

registerDeliveryGate('homework', maySitHomework)
registerTodaySource(dueToday)
registerTodaySource(givenToday)
registerItemAudience(homeworkKind, homeworkAudience)

const closeData = z.object({ deliveryId: z.uuid() })

export const quizzesFeature: Feature = {
  name: 'quizzes',
  bindings: bind(quizRoutes, httpHandlers),
  jobs: [
    {
      name: closeJob,
      run: async (ctx, data) => closeDue(ctx, z.parse(closeData, data).deliveryId as DeliveryId),
    },
  ],
}
