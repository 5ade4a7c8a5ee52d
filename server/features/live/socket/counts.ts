// The fleeting numbers of a class: who is connected and how many have answered. One node speaks for a room; at most one
// count frame a second and one tally frame every 250 ms, each only when it says something new.

import type { DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { FleetingOf } from '#protocol/base/scope.ts'
import { runHostsScope, runScope } from '#protocol/live.ts'
import {
  type AnswerCount,
  isAtStep,
  type OpenNumbers,
  onAnswers,
  openNumbers,
} from '#server/features/activities/index.ts'
import { type Mark, trackPresence } from '#server/features/presence/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { NodeServices } from '#server/platform/feature.ts'
import { findRunOf, getRun, stagedItems, stagedOf } from '../queries/runs.ts'
import { countSeats } from '../queries/seats.ts'
import { tellsTally } from '../rules.ts'

/** Milliseconds: between two tally frames of a class, and between looks when nobody told us of answers. */
export const tallyRhythm = { frame: 250, alone: 1_000 } as const

type Counts = Awaited<ReturnType<typeof countSeats>>

/** What was last told of a class, so that nothing is said twice. */
interface Told {
  counts: string
  tally: string
  tallyAt: number
  /** Until the next tally is told. */
  timer: NodeJS.Timeout | undefined
  /** What is to be told next. */
  open: { deliveryId: DeliveryId; itemId: ItemId } | undefined
  /** What stands and was told once it stood. */
  stood: string
  lookedAt: number
}

const told = new Map<string, Told>()

function toldOf(runId: string): Told {
  let entry = told.get(runId)
  if (!entry) {
    entry = {
      counts: '',
      tally: '',
      tallyAt: Number.NEGATIVE_INFINITY,
      timer: undefined,
      open: undefined,
      stood: '',
      lookedAt: Number.NEGATIVE_INFINITY,
    }
    told.set(runId, entry)
  }
  return entry
}

const countMarked = (ctx: Ctx, runId: string, marks: ReadonlyMap<AccountId, Mark>): Promise<Counts> => {
  const withMark = (wanted: Mark) => [...marks].filter(([, mark]) => mark === wanted).map(([account]) => account)
  return countSeats(ctx, runId, { here: withMark('here'), reconnecting: withMark('reconnecting') })
}

/** The presence of the run scope: hung on it in index.ts. */
export const presence = trackPresence(runScope, async (ctx, runId, marks) => {
  const counts = await countMarked(ctx, runId, marks)
  const entry = toldOf(runId)
  const text = JSON.stringify(counts)
  if (text === entry.counts) return
  entry.counts = text
  ctx.emit(runScope, runId, { kind: 'presence', body: { connected: counts.connected } })
  ctx.emit(runHostsScope, runId, { kind: 'presence', body: counts })
})

/** What everybody may see, unless a host has steered since: what was taken away must not follow its own removal. */
async function seen(ctx: Ctx, deliveryId: DeliveryId, { shown }: OpenNumbers) {
  return shown && (await isAtStep(ctx, deliveryId, shown.step)) ? { shown: { ...shown } } : {}
}

async function tellTally(ctx: Ctx, runId: string, deliveryId: DeliveryId, itemId: ItemId): Promise<void> {
  const numbers = await openNumbers(ctx, deliveryId, itemId)
  const { tally, shown } = numbers
  const entry = toldOf(runId)
  const text = `${deliveryId}/${itemId}/${shown?.step}/${JSON.stringify(tally)}`
  if (text === entry.tally) return
  const body = { deliveryId, itemId, answered: tally.answered, ...(await seen(ctx, deliveryId, numbers)) }
  // Told from here on, and not before: had the question above failed, the next look would have kept silent.
  entry.tally = text
  ctx.emit(runHostsScope, runId, { kind: 'tally', body: { deliveryId, itemId, tally } })
  ctx.emit(runScope, runId, { kind: 'answered', body })
}

/** Tells the tally of an item now, or when the time since the last frame is up; the newest wins. */
function tellSoon(services: NodeServices, runId: string, deliveryId: DeliveryId, itemId: ItemId): void {
  const entry = toldOf(runId)
  entry.open = { deliveryId, itemId }
  if (entry.timer) return
  const wait = Math.max(0, entry.tallyAt + tallyRhythm.frame - performance.now())
  entry.timer = setTimeout(async () => {
    entry.tallyAt = performance.now()
    const { open } = entry
    entry.open = undefined
    try {
      if (open) await tellTally(services.systemCtx(), runId, open.deliveryId, open.itemId)
    } catch (error) {
      // Told at the next look.
      entry.stood = ''
      services.log.warn({ err: error }, 'a tally was not told')
    }
    // Not before: of two readings at once the older might be told last.
    entry.timer = undefined
    const next = told.get(runId)?.open
    if (next) tellSoon(services, runId, next.deliveryId, next.itemId)
  }, wait)
}

const runOfDelivery = new Map<DeliveryId, Promise<string | undefined>>()

function findRun(services: NodeServices, deliveryId: DeliveryId): Promise<string | undefined> {
  let found = runOfDelivery.get(deliveryId)
  if (!found) {
    found = findRunOf(services.systemCtx(), deliveryId).then(
      run => run?.runId,
      error => {
        runOfDelivery.delete(deliveryId)
        services.log.warn({ err: error }, 'the class of an answer was not found')
        return undefined
      },
    )
    runOfDelivery.set(deliveryId, found)
    if (runOfDelivery.size > 2_000) for (const [oldest] of runOfDelivery) if (runOfDelivery.delete(oldest)) break
  }
  return found
}

async function heard(services: NodeServices, batch: readonly AnswerCount[]): Promise<void> {
  for (const { deliveryId, itemId } of batch) {
    const runId = await findRun(services, deliveryId)
    // Another node speaks for the room: it looks for itself.
    if (runId !== undefined && presence.speaks(runId)) tellSoon(services, runId, deliveryId, itemId)
  }
}

/** Answers committed on other nodes are not heard of here: whoever speaks looks while something is open, and once when it stands. */
async function look(services: NodeServices): Promise<void> {
  const now = performance.now()
  const rooms = presence.rooms()
  for (const runId of rooms) {
    const entry = told.get(runId)
    // While another node speaks, what this one said last is not what people know.
    if (entry && !presence.speaks(runId)) Object.assign(entry, { counts: '', tally: '', stood: '' })
  }
  const due = rooms.filter(runId => {
    const waits = presence.alone(runId) ? tallyRhythm.alone : 0
    return presence.speaks(runId) && now - toldOf(runId).lookedAt >= waits
  })
  for (const runId of due) toldOf(runId).lookedAt = now
  for (const open of due.length > 0 ? await stagedItems(services.systemCtx(), due) : []) {
    const tells = tellsTally(open.phase)
    if (tells === null) continue
    // What others committed last before it stood is told too, once.
    const stood = tells === 'stands' ? `${open.delivery_id}/${open.item_id}/${open.phase}` : ''
    if (tells === 'moves' || toldOf(open.run_id).stood !== stood)
      tellSoon(services, open.run_id, open.delivery_id, open.item_id)
    toldOf(open.run_id).stood = stood
  }
  const known = new Set(rooms)
  for (const [runId, entry] of told) if (!known.has(runId) && !entry.timer) told.delete(runId)
}

/** Begins to tell tallies on this node. */
export function startTallies(services: NodeServices): () => Promise<void> {
  const unhear = onAnswers(batch => void heard(services, batch))
  let turn: Promise<void> | undefined
  const timer = setInterval(() => {
    turn ??= look(services)
      .catch(error => services.log.warn({ err: error }, 'tallies'))
      .finally(() => {
        turn = undefined
      })
  }, tallyRhythm.frame)
  return async () => {
    unhear()
    clearInterval(timer)
    for (const entry of told.values()) clearTimeout(entry.timer)
    told.clear()
    runOfDelivery.clear()
    await turn
  }
}

interface OpenTally {
  deliveryId: DeliveryId
  itemId: ItemId
  numbers: OpenNumbers
}

async function openTally(ctx: Ctx, runId: string): Promise<OpenTally | undefined> {
  const staged = await stagedOf(ctx, await getRun(ctx, runId))
  if (!staged?.currentItemId || tellsTally(staged.view.phase) === null) return undefined
  const { deliveryId, currentItemId: itemId } = staged
  return { deliveryId, itemId, numbers: await openNumbers(ctx, deliveryId, itemId) }
}

/** Between two readings for newcomers of one class, in milliseconds. */
const readingsApartMs = 50

interface Numbers {
  readonly counts: Counts
  readonly tally: OpenTally | undefined
}

interface Reading {
  readonly numbers: Promise<Numbers>
  /** The one after it, for whoever comes while this one goes on. */
  next: Promise<Numbers> | undefined
}

const readings = new Map<string, Reading>()

async function readNumbers(ctx: Ctx, runId: string): Promise<Numbers> {
  const [counts, tally] = await Promise.all([
    presence.states(runId).then(marks => countMarked(ctx, runId, marks)),
    openTally(ctx, runId),
  ])
  return { counts, tally }
}

function beginReading(ctx: Ctx, runId: string): Promise<Numbers> {
  const reading: Reading = { numbers: readNumbers(ctx, runId), next: undefined }
  readings.set(runId, reading)
  setTimeout(() => {
    if (readings.get(runId) === reading && reading.next === undefined) readings.delete(runId)
  }, readingsApartMs).unref()
  return reading.numbers
}

/**
 * The numbers of the moment for a newcomer, who hears what is told from now on: read since they came, or one told before
 * might be newer. All who come within a moment share a reading.
 */
function numbersNow(ctx: Ctx, runId: string): Promise<Numbers> {
  const reading = readings.get(runId)
  if (!reading) return beginReading(ctx, runId)
  reading.next ??= new Promise(resolve => setTimeout(resolve, readingsApartMs)).then(() => beginReading(ctx, runId))
  return reading.next
}

const placeOf = ({ deliveryId, itemId }: OpenTally) => ({ deliveryId, itemId })

/** The numbers of the moment for somebody who enters the class. Throws `not-found`. */
export async function runNumbers(ctx: Ctx, runId: string): Promise<FleetingOf<typeof runScope>[]> {
  const { counts, tally: open } = await numbersNow(ctx, runId)
  return [
    { kind: 'presence', body: { connected: counts.connected } },
    ...(open
      ? [
          {
            kind: 'answered' as const,
            body: {
              deliveryId: open.deliveryId,
              itemId: open.itemId,
              answered: open.numbers.tally.answered,
              ...(await seen(ctx, open.deliveryId, open.numbers)),
            },
          },
        ]
      : []),
  ]
}

/** The same for hosts. Throws `not-found`. */
export async function hostNumbers(ctx: Ctx, runId: string): Promise<FleetingOf<typeof runHostsScope>[]> {
  const { counts, tally: open } = await numbersNow(ctx, runId)
  return [
    { kind: 'presence', body: counts },
    ...(open ? [{ kind: 'tally' as const, body: { ...placeOf(open), tally: open.numbers.tally } }] : []),
  ]
}
