// The live class: a run of a course with its stage, hosts and seats. It owns the running, never the record: what was
// asked and answered belongs to activities, what it is worth to grades, what was said to channels.
import { seatScope } from '#protocol/live/hands.ts'
import { liveCalls, liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { onChanged, registerDeliveryGate, registerSeats } from '#server/features/activities/index.ts'
import { registerChannelContext, registerForumOrigin } from '#server/features/channels/index.ts'
import {
  registerCalendarSource,
  registerCourseRenamed,
  registerCourseReset,
  registerRunning,
} from '#server/features/courses/index.ts'
import { registerClassSeats } from '#server/features/notes/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { startClock } from './actions/clock.ts'
import { retellHandsJob, tellLoweredJob } from './actions/hands.ts'
import { retellBoardJob } from './actions/ranks.ts'
import { classesReset } from './actions/reset.ts'
import { retellCourse, retellCourseJob, retellJob, retellStages } from './actions/retell.ts'
import { closeChannelJob, leftBehindJob, lookForLeftBehind } from './actions/runs.ts'
import { advanceRun } from './actions/stage.ts'
import { httpHandlers } from './http.ts'
import { classDays } from './queries/calendar.ts'
import { runChannels } from './queries/channels.ts'
import { readableRuns } from './queries/findable.ts'
import { demandOwnSeat, seatNumbers, seatState } from './queries/hands.ts'
import { askedIn, qaContextKind, runQaContext } from './queries/qa.ts'
import { runningClasses } from './queries/running.ts'
import { runHostsState, runState } from './queries/runs.ts'
import { seatsIn } from './queries/seats.ts'
import { demandHost, demandWatch, enteredAt, hostingSince, mayAnswerEach, standingOf } from './queries/standing.ts'
import { noteSeat } from './rules.ts'
import { hostNumbers, presence, runNumbers, startTallies } from './socket/counts.ts'
import { socketHandlers } from './socket/handlers.ts'
import { handNumbers, startHands } from './socket/hands.ts'

export { handSeatsOver } from './actions/account.ts'
export { steerRun } from './actions/stage.ts'
export { hostedRuns } from './queries/hosted.ts'
export { findOpenCode, runHostsState } from './queries/runs.ts'
export { demandHost } from './queries/standing.ts'
export { presence as runPresence } from './socket/counts.ts'
export { runDeliveries, runs, seats } from './tables.ts'

registerDeliveryGate('live', mayAnswerEach)
registerSeats(seatsIn)
onChanged(retellStages)
registerCourseRenamed(retellCourse)
registerCalendarSource(classDays)
registerRunning(runningClasses)
registerCourseReset('live', 'classes', classesReset)

registerChannelContext('run', runChannels)
registerChannelContext(qaContextKind, runQaContext)
registerForumOrigin(qaContextKind, askedIn)

// A guest's seat is their only place: it lets them read the class's note for good, and write in it while the class runs.
registerClassSeats(
  async (ctx, runId) => {
    const standing = await standingOf(ctx, runId)
    return noteSeat(standing, standing.phase)
  },
  async (ctx, reader) => (await readableRuns(ctx, reader)).map(one => one.runId),
)

export const liveFeature: Feature = {
  name: 'live',
  neverPreviewed: true,
  bindings: [...bind(liveRoutes, httpHandlers), ...bind(liveCalls, socketHandlers)],
  scopes: [
    bindScope(runScope, {
      admit: demandWatch,
      entry: enteredAt,
      snapshot: runState,
      fleeting: async (ctx, id) => [...(await runNumbers(ctx, id)), ...(await handNumbers(ctx, id))],
      ...presence.hooks,
    }),
    bindScope(runHostsScope, {
      admit: demandHost,
      entry: hostingSince,
      snapshot: runHostsState,
      fleeting: hostNumbers,
    }),
    bindScope(seatScope, {
      idForm: /^[0-9a-f-]{36}~[0-9a-f-]{36}$/,
      admit: demandOwnSeat,
      entry: { noneKept: 'A seat says nothing but to the one who has it.' },
      snapshot: seatState,
      fleeting: seatNumbers,
    }),
  ],
  jobs: [closeChannelJob, leftBehindJob, retellJob, retellCourseJob, retellHandsJob, tellLoweredJob, retellBoardJob],
  account: accountHooks,
  tickers: [{ name: 'live.left-behind', everyMs: 60_000, run: lookForLeftBehind }],
  start: async node => {
    const stopClock = await startClock(node, advanceRun)
    const stopTallies = startTallies(node)
    const stopHands = startHands(node)
    return async () => {
      await stopHands()
      await stopTallies()
      await stopClock()
    }
  },
}
