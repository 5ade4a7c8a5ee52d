// The live class: a run of a course with its stage, its hosts and its seats. The shared part changes only by a host's
// steer, one writer at a time; what everybody hears holds nothing that gives an answer away before the reveal.

import * as z from 'zod/mini'
import { defineCalls, defineRoutes, read, route, write } from '#protocol/base/call.ts'
import { accountId, idSchema, instant, line, nothing, uuid } from '#protocol/base/ids.ts'
import { pageInput, pageOf } from '#protocol/base/paging.ts'
import { defineScope } from '#protocol/base/scope.ts'
import { activityKindName } from './activities/registry.ts'
import { steer, tally } from './activities/staged.ts'
import { activityId, deliveryId, itemId, shows } from './activities.ts'
import { listedTopic } from './channels/topics.ts'
import { gradeRules, ownGradeCell } from './grades.ts'
import { handQueue } from './live/hands.ts'
import { boardForm, endRank, ownRank, rankBoard, ranks } from './live/ranks.ts'
import { catchUpEntry, recapItem, reportQuestion, reportRow } from './live/report.ts'
import { agendaEntry, hostStage, stage, withWholePlan } from './live/stage.ts'
import { writtenQuestion } from './question-types/registry.ts'

export const runId = idSchema<'Run'>()
export type RunId = z.infer<typeof runId>

/** Six characters without look-alikes, typed by hand. */
export const joinCode = z.string().check(z.trim(), z.toUpperCase(), z.regex(/^[2-9A-HJ-NP-Z]{6}$/))

export const run = z.object({
  id: runId,
  courseId: uuid(),
  courseTitle: z.string(),
  title: z.string(),
  code: z.nullable(z.string()),
  phase: z.enum(['open', 'ended']),
  channelId: uuid(),
  /** Its questions: a forum (protocol/channels/topics.ts). */
  qaId: uuid(),
  /** Its note; null for a class from before there were notes. */
  noteId: z.nullable(uuid()),
  /** Its column of grades: an id, which grants nothing. */
  gradeItemId: uuid(),
  /** Whether it has ranks, and whether they name people. */
  ranks,
  startedAt: instant,
  endedAt: z.nullable(instant),
})
export type Run = z.infer<typeof run>

/** Everybody in the class: hosts, learners, guests, the stage's screen. */
export const runScope = defineScope({
  name: 'run',
  state: z.object({ run, stage: z.nullable(stage), board: z.nullable(rankBoard) }),
  feeds: {
    staged: z.object({ stage: z.nullable(stage) }),
    runChanged: z.object({ run }),
    ended: z.object({ endedAt: instant }),
    /** A host shows the ranks, or takes them away. */
    ranked: z.object({ board: z.nullable(rankBoard) }),
  },
  fleeting: {
    presence: z.object({ connected: z.int() }),
    /** `shown`: what everybody may see of the answers while they come, and the step of the delivery it holds for. */
    answered: z.object({
      deliveryId,
      itemId,
      answered: z.int(),
      shown: z.optional(z.object({ step: z.int(), tally })),
    }),
    /** How many hands are up; whose is for hosts alone. */
    hands: z.object({ up: z.int() }),
    /** A question of the ended class was corrected: what it came to is read anew. */
    corrected: z.object({ at: instant }),
  },
  apply: (state, event) => {
    switch (event.kind) {
      case 'staged':
        return { ...state, stage: event.body.stage }
      case 'runChanged':
        return { ...state, run: event.body.run }
      case 'ended':
        return {
          run: { ...state.run, phase: 'ended' as const, code: null, endedAt: event.body.endedAt },
          stage: null,
          board: null,
        }
      case 'ranked':
        return { ...state, board: event.body.board }
      default:
        return state
    }
  },
})

/** Those who may host. Live tallies are fleeting here; the final one is in the view that closed. */
export const runHostsScope = defineScope({
  name: 'run-hosts',
  state: z.object({ agenda: z.array(agendaEntry), stage: z.nullable(hostStage), hands: handQueue }),
  feeds: {
    /** The plan with its keys is long and seldom changes: told are the entries that may have changed. */
    staged: z.object({ agenda: z.array(agendaEntry), stage: z.nullable(hostStage) }),
    handsChanged: z.object({ hands: handQueue }),
  },
  fleeting: {
    tally: z.object({ deliveryId, itemId, tally }),
    presence: z.object({ connected: z.int(), reconnecting: z.int(), joined: z.int() }),
  },
  apply: (state, event) => {
    switch (event.kind) {
      case 'staged': {
        const { agenda, stage } = event.body
        return { ...state, agenda, stage: stage && withWholePlan(stage, state.stage) }
      }
      case 'handsChanged':
        return { ...state, hands: event.body.hands }
      default:
        return state
    }
  },
})

/**
 * Who of a class: everybody, whoever took a seat, is connected, has answered what is asked, is connected and has not, lost
 * the connection, is not there.
 */
export const rosterFilter = z.enum(['all', 'joined', 'here', 'answered', 'silent', 'reconnecting', 'absent'])
export type RosterFilter = z.infer<typeof rosterFilter>

export const rosterEntry = z.object({
  accountId: uuid(),
  name: z.string(),
  role: z.enum(['host', 'learner', 'guest']),
  /** A host has put them out. */
  out: z.boolean(),
  presence: z.enum(['here', 'reconnecting', 'left', 'absent']),
  /** For those reconnecting or gone: the last moment they were known to be here; null while that is not written yet. */
  lastHereAt: z.nullable(instant),
  /** Whether there is an answer to the item on stage; null when nothing is asked. */
  answered: z.nullable(z.boolean()),
})
export type RosterEntry = z.infer<typeof rosterEntry>

/** Something asked in a class of a course, or (`run` null) in its forum. */
export const askedTopic = z.extend(listedTopic, {
  run: z.nullable(z.object({ id: runId, title: z.string(), startedAt: instant })),
})
export type AskedTopic = z.infer<typeof askedTopic>

export const liveRoutes = defineRoutes('live', {
  /** Starts a class with these activities on its agenda. One open class a course: else already-running. */
  start: route(
    'POST',
    '/courses/:courseId/runs',
    write(
      z.strictObject({
        courseId: uuid(),
        title: z.optional(line(200)),
        activityIds: z.array(activityId).check(z.maxLength(50)),
        /** How its column of grades is worked out. */
        grade: z.optional(gradeRules),
        /** Off when it is left out. */
        ranks: z.optional(ranks),
      }),
      run,
    ),
  ),
  /** What is behind a code, before joining: one field is enough when the answer is a member's. */
  look: route(
    'GET',
    '/join/:code',
    read(z.strictObject({ code: joinCode }), z.object({ runId, title: z.string(), courseTitle: z.string() }), 'anyone'),
  ),
  /** By code as anyone (a name makes a guest), or by run from inside the course. Takes a seat. */
  join: route(
    'POST',
    '/join',
    write(
      z.strictObject({ code: z.optional(joinCode), runId: z.optional(runId), name: z.optional(line(60)) }),
      z.object({ runId, role: z.enum(['host', 'learner', 'guest']) }),
      'anyone',
    ),
  ),
  list: route('GET', '/courses/:courseId/runs', read(z.strictObject({ courseId: uuid(), ...pageInput }), pageOf(run))),
  /**
   * Questions asked in the classes of a course, newest first; `unanswered`: all that waits for an answer in the course,
   * in its classes and its forum.
   */
  qa: route(
    'GET',
    '/courses/:courseId/qa',
    read(
      z.strictObject({
        courseId: uuid(),
        show: z._default(z.enum(['all', 'unanswered']), 'all'),
        words: z.optional(z.string().check(z.trim(), z.maxLength(200))),
        ...pageInput,
      }),
      pageOf(askedTopic),
    ),
  ),
  /**
   * What was asked in a class, what the one who asks answered, where they ended in its ranks and what it came to, for every
   * seat, guests' too. `grade`: null until it is worked out; held as in the gradebook.
   */
  recap: route(
    'GET',
    '/runs/:runId/recap',
    read(
      z.strictObject({ runId }),
      z.object({
        items: z.array(recapItem),
        catchUp: z.array(catchUpEntry),
        ranks: z.array(endRank),
        grade: z.nullable(ownGradeCell),
        /** Its column is held back: neither the grade nor what was right is told before it is released. */
        heldBack: z.boolean(),
        /** The course around it is open to the caller, and with it the page of the grade: not to whoever came by the code. */
        ofCourse: z.boolean(),
      }),
    ),
  ),
  /** One's own rank in what is on stage, of what was revealed so far. */
  rank: route('GET', '/runs/:runId/rank', read(z.strictObject({ runId }), z.object({ rank: z.nullable(ownRank) }))),
  /** For hosts: learners who were due and were not there, those who were given homework for it apart. */
  absent: route(
    'GET',
    '/runs/:runId/absent',
    read(
      z.strictObject({ runId }),
      z.object({ people: z.int(), names: z.array(z.string()), given: z.int(), caughtUp: z.int() }),
    ),
  ),
  /** Gives all that the class was asked as homework to those who were absent, into the class's column of grades. */
  catchUp: route(
    'POST',
    '/runs/:runId/catch-up',
    write(
      z.strictObject({ runId, dueAt: instant, shows: z.optional(shows) }),
      z.object({ people: z.int(), activities: z.int() }),
    ),
  ),
  /** For hosts: everybody who took part by what was asked, a page of people at a time. `count`: all of them. */
  report: route(
    'GET',
    '/runs/:runId/report',
    read(
      z.strictObject({ runId, ...pageInput }),
      z.object({
        run,
        /** On the first page alone. */
        questions: z.array(reportQuestion),
        items: z.array(reportRow),
        next: z.optional(z.string()),
        count: z.int(),
      }),
    ),
  ),
  /** The whole report as CSV, formula cells made harmless. */
  reportCsv: route('GET', '/runs/:runId/report.csv', read(z.strictObject({ runId }), z.unknown())),
  roster: route(
    'GET',
    '/runs/:runId/roster',
    read(
      z.strictObject({
        runId,
        filter: z.optional(rosterFilter),
        ...pageInput,
      }),
      z.object({ items: z.array(rosterEntry), next: z.optional(z.string()), count: z.int() }),
    ),
  ),
})

export const liveCalls = defineCalls('live', {
  /** Steers what is on stage. `step` is the one the host saw: a stale one is a conflict, not a second start. */
  steer: write(z.strictObject({ runId, deliveryId, step: z.int(), steer }), z.object({ step: z.int() })),
  /** Puts a delivery of the agenda on stage (or clears it). */
  putOnStage: write(z.strictObject({ runId, deliveryId: z.nullable(deliveryId) }), nothing),
  /** Adds an activity of the course to the agenda. */
  addActivity: write(z.strictObject({ runId, activityId }), z.object({ deliveryId })),
  /** A question typed on the spot: kept as a draft in the bank, on stage and open at once. */
  ask: write(
    z.strictObject({
      runId,
      kind: activityKindName,
      question: writtenQuestion,
      limitSeconds: z.nullable(z.int().check(z.minimum(5), z.maximum(3_600))),
    }),
    z.object({ deliveryId, itemId }),
  ),
  end: write(z.strictObject({ runId }), nothing),
  /** Raises or lowers one's own hand. What it says already changes nothing. */
  hand: write(z.strictObject({ runId, up: z.boolean() }), nothing),
  changeRanks: write(z.strictObject({ runId, ranks }), nothing),
  /** Puts the board on every screen, or takes it away; the next steer does that too. */
  showRanks: write(z.strictObject({ runId, form: z.nullable(boardForm) }), nothing),
  /** Gives somebody whose hand is up their turn. */
  callOn: write(z.strictObject({ runId, accountId }), nothing),
  lowerHand: write(z.strictObject({ runId, accountId }), nothing),
  lowerHands: write(z.strictObject({ runId }), nothing),
  /** Takes somebody out of the class who is no host: they hear, see and say nothing in it until they are let back. */
  putOut: write(z.strictObject({ runId, accountId }), nothing),
  letBack: write(z.strictObject({ runId, accountId }), nothing),
})
