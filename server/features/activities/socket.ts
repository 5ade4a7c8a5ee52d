// The socket door of the record: answers, and a person's own answers on their return.
import type { activityCalls } from '#protocol/activities.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { answerAll } from './actions/answers.ts'
import { mySeat } from './queries/seats.ts'

export const socketHandlers: Handlers<typeof activityCalls> = {
  answer: { storm: answerAll },
  seat: (ctx, { deliveryId }) => mySeat(ctx, deliveryId),
}
