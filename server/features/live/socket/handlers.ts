// The calls of hosts over the socket.
import type { liveCalls } from '#protocol/live.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { callOn, handAll, lowerHand, lowerHands } from '../actions/hands.ts'
import { letBack, putOut } from '../actions/put-out.ts'
import { changeRanks, showRanks } from '../actions/ranks.ts'
import { endRun } from '../actions/runs.ts'
import { addActivity, askOnTheSpot, putOnStage, steerRun } from '../actions/stage.ts'

export const socketHandlers: Handlers<typeof liveCalls> = {
  steer: steerRun,
  putOnStage: async (ctx, input) => {
    await putOnStage(ctx, input)
    return {}
  },
  addActivity,
  ask: askOnTheSpot,
  end: async (ctx, { runId }) => {
    await endRun(ctx, runId)
    return {}
  },
  hand: { storm: handAll },
  callOn: async (ctx, input) => {
    await callOn(ctx, input)
    return {}
  },
  lowerHand: async (ctx, input) => {
    await lowerHand(ctx, input)
    return {}
  },
  changeRanks: async (ctx, input) => {
    await changeRanks(ctx, input)
    return {}
  },
  showRanks: async (ctx, input) => {
    await showRanks(ctx, input)
    return {}
  },
  putOut: async (ctx, input) => {
    await putOut(ctx, input)
    return {}
  },
  letBack: async (ctx, input) => {
    await letBack(ctx, input)
    return {}
  },
  lowerHands: async (ctx, input) => {
    await lowerHands(ctx, input)
    return {}
  },
}
