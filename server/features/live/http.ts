// The routes of the live class over HTTP: start, look behind a code, join, lists.

import type { liveRoutes } from '#protocol/live.ts'
import { demandMay } from '#server/features/access/index.ts'
import { ownAnswers } from '#server/features/activities/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { heldBack, ownCells } from '#server/features/grades/index.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { giveCatchUp } from './actions/catch-up.ts'
import { joinAll, readyToJoin, runByCode } from './actions/join.ts'
import { startRun } from './actions/runs.ts'
import { absentFrom, catchUpOf } from './queries/catch-up.ts'
import { listAskedTopics } from './queries/qa.ts'
import { endRanksOf, rankOf } from './queries/ranks.ts'
import { classReport, reportAsCsv } from './queries/report.ts'
import { listRoster } from './queries/roster.ts'
import { agendaOf, getRun, listRuns } from './queries/runs.ts'
import { demandHost, demandWatch } from './queries/standing.ts'
import { presence } from './socket/counts.ts'

/** How many of those who missed a class are named. */
const mostNamed = 50

export const httpHandlers: Handlers<typeof liveRoutes> = {
  start: startRun,
  look: async (ctx, { code }) => {
    const run = await runByCode(ctx, code)
    return { runId: run.id, title: run.title, courseTitle: run.course_title }
  },
  join: { ready: readyToJoin, storm: joinAll },
  list: async (ctx, input) => {
    await demandMay(ctx, 'course.view', courseContext(input.courseId))
    return listRuns(ctx, input)
  },
  qa: async (ctx, input) => {
    await demandMay(ctx, 'course.view', courseContext(input.courseId))
    return listAskedTopics(ctx, input)
  },
  recap: async (ctx, { runId }) => {
    const { views } = await demandWatch(ctx, runId)
    const accountId = accountOf(ctx.who)
    const deliveryIds = (await agendaOf(ctx, runId)).map(entry => entry.deliveryId)
    const run = await getRun(ctx, runId)
    const held = (await heldBack(ctx, [run.grade_item_id])).has(run.grade_item_id)
    const cells = run.ended_at === null ? [] : await ownCells(ctx, run.course_id, accountId)
    return {
      items: await ownAnswers(ctx, deliveryIds, accountId),
      catchUp: await catchUpOf(ctx, run, accountId),
      // Points of speed are told in class as the host shows them; put down beside the answers they tell what was right.
      ranks: held ? [] : await endRanksOf(ctx, run, accountId),
      grade: cells.find(one => one.gradeItemId === run.grade_item_id) ?? null,
      heldBack: held,
      ofCourse: views,
    }
  },
  rank: async (ctx, { runId }) => {
    await demandWatch(ctx, runId)
    const run = await getRun(ctx, runId)
    const over = run.ended_at !== null && (await heldBack(ctx, [run.grade_item_id])).size > 0
    return { rank: over ? null : await rankOf(ctx, run, accountOf(ctx.who)) }
  },
  absent: async (ctx, { runId }) => {
    await demandHost(ctx, runId)
    const absent = await absentFrom(ctx, await getRun(ctx, runId))
    const given = absent.filter(one => one.given)
    return {
      people: absent.length,
      names: absent
        .filter(one => !one.given)
        .slice(0, mostNamed)
        .map(one => one.name),
      given: given.length,
      caughtUp: given.filter(one => one.caughtUp).length,
    }
  },
  catchUp: giveCatchUp,
  report: async (ctx, input) => {
    await demandHost(ctx, input.runId)
    return classReport(ctx, input)
  },
  reportCsv: async (ctx, { runId }) => {
    await demandHost(ctx, runId)
    return new FileAnswer('class.csv', 'text/csv; charset=utf-8', await reportAsCsv(ctx, runId))
  },
  roster: async (ctx, input) => {
    await demandHost(ctx, input.runId)
    return listRoster(ctx, input, await presence.states(input.runId))
  },
}
