// The record of what was asked and answered: activity, delivery, attempt, response, evidence. Its public face; live,
// quizzes and grades call it and may join its tables, and none of them writes one.
import { activityCalls, activityRoutes } from '#protocol/activities.ts'
import { registerCoursePart, registerCourseReset } from '#server/features/courses/index.ts'
import { registerAskedVersions } from '#server/features/questions/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { activitiesPart } from './actions/part.ts'
import { answersReset } from './actions/reset.ts'
import { httpHandlers } from './http.ts'
import { listAskedVersions } from './queries/asked.ts'
import { socketHandlers } from './socket.ts'

export { createActivity, lockActivity } from './actions/activities.ts'
export { beginAttempt, changeAttempts, closeHomework, finishAttempt } from './actions/attempts.ts'
export { advanceDelivery, createDelivery, dueDeliveries, redateDelivery, steerDelivery } from './actions/deliveries.ts'
export { addItem } from './actions/items.ts'
export { forgetRaw, type Handover, handRecordOver } from './actions/raw.ts'
export { lockDeliveries, scoreAnew } from './actions/rescore.ts'
export { advanceCorrection, type NewRuling, recordCorrection, ruleItem } from './actions/rule.ts'
export { takesAway } from './kinds/moderated.ts'
export { attemptsOf, deliveryOf, getActivity, getDelivery, listItems, loadActivity } from './queries/activities.ts'
export { type AskedItem, askedItems, isScored, type Reached, reachOf } from './queries/asked.ts'
export {
  getCorrection,
  getItemPlace,
  type ItemPlace,
  scoresUnder,
  settledIn,
  settledMarks,
} from './queries/corrections.ts'
export {
  answeredAccounts,
  type DeliveryState,
  deliveryState,
  isAtStep,
  liveClockRuns,
  liveTally,
  longestExtraSeconds,
  type OpenNumbers,
  openNumbers,
} from './queries/deliveries.ts'
export {
  type AnswerCount,
  onAnswers,
  onChanged,
  onRescored,
  type Reach,
  registerDeliveryGate,
  registerHoldingBack,
  registerSeats,
  type SeatsOf,
} from './queries/gates.ts'
export { itemsOverFor } from './queries/over.ts'
export { ownAnswers } from './queries/recap.ts'
export { demandActivity } from './queries/rights.ts'
export { mySeat } from './queries/seats.ts'
export { answerSpeeds } from './queries/speed.ts'
export { chosenOf, type GateAnswer } from './rules.ts'
export {
  type ActivityRow,
  activities,
  activityItems,
  attempts,
  corrections,
  type DeliveryRow,
  deliveries,
  evidence,
  responses,
} from './tables.ts'

registerCoursePart('activities', activitiesPart)
registerAskedVersions(listAskedVersions)
registerCourseReset('activities', 'work', answersReset)

export const activitiesFeature: Feature = {
  name: 'activities',
  bindings: [...bind(activityRoutes, httpHandlers), ...bind(activityCalls, socketHandlers)],
  account: accountHooks,
}
