// Where people's channels stand, told to every device they have open: one look a second at the channels of everybody
// connected to this node, whatever their number, and one fleeting frame a second to each whose channels moved. The
// database is asked, not the bus: what another node committed, or Redis lost, is found by the same look.
import type { AccountId } from '#protocol/base/ids.ts'
import type { FleetingOf } from '#protocol/base/scope.ts'
import { inboxScope, type MovedHead } from '#protocol/channels/inbox.ts'
import type { ChannelId } from '#protocol/channels.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { NodeServices } from '#server/platform/feature.ts'
import { headsOf } from '../queries/inbox.ts'
import { listLastNaming, listLastNumbers } from '../queries/places.ts'

/** Milliseconds: between two looks, and how long a head that moved is told again, should a frame be lost. */
export const headsRhythm = { look: 1_000, again: 3_000 } as const

/** People whose channels are read anew in one look; the others wait for the next. */
const mostAnew = 50

interface Reader {
  readonly sockets: Set<string>
  channels: ReadonlySet<ChannelId>
  /** Their channels may be others now. */
  stale: boolean
}

const readers = new Map<AccountId, Reader>()
const last = new Map<ChannelId, number>()
const moved = new Map<ChannelId, { from: number; number: number; until: number }>()
const nodes: NodeServices[] = []

/** For bindScope of the inbox scope. */
export const headsHooks = {
  entered: (_ctx: Ctx, id: string, socketId: string) => {
    const accountId = id as AccountId
    const reader = readers.get(accountId) ?? { sockets: new Set(), channels: new Set<ChannelId>(), stale: true }
    readers.set(accountId, reader)
    reader.sockets.add(socketId)
  },
  left: (_ctx: Ctx, id: string, socketId: string) => {
    const reader = readers.get(id as AccountId)
    reader?.sockets.delete(socketId)
    if (reader?.sockets.size === 0) readers.delete(id as AccountId)
  },
}

/** What a person may do has changed: with it, perhaps, which channels they have. */
export function headsStale(accountId: string): void {
  const reader = readers.get(accountId as AccountId)
  if (reader) reader.stale = true
}

/** Where everything stands, for a device that begins to listen. */
export async function headsNow(ctx: Ctx, id: string): Promise<FleetingOf<typeof inboxScope>[]> {
  const channels = await headsOf(ctx, id as AccountId)
  keep(id as AccountId, channels)
  return [{ kind: 'heads', body: { channels } }]
}

function keep(id: AccountId, channels: readonly { channelId: ChannelId; lastNumber: number }[]): void {
  const reader = readers.get(id)
  if (!reader) return
  reader.channels = new Set(channels.map(one => one.channelId))
  reader.stale = false
  // Known is what was told first: what came since is told again.
  for (const { channelId, lastNumber } of channels) if (!last.has(channelId)) last.set(channelId, lastNumber)
}

async function readAnew(ctx: Ctx): Promise<void> {
  const stale = [...readers].filter(([, reader]) => reader.stale).slice(0, mostAnew)
  for (const [id, reader] of stale) {
    // Before the reading: what changes meanwhile is read once more.
    reader.stale = false
    const channels = await headsOf(ctx, id)
    keep(id, channels)
    ctx.emit(inboxScope, id, { kind: 'heads', body: { channels } })
  }
}

/** One query over all channels of everybody here: which have moved. */
async function look(ctx: Ctx): Promise<void> {
  const now = performance.now()
  const watched = new Set<ChannelId>()
  for (const reader of readers.values()) for (const id of reader.channels) watched.add(id)
  for (const id of last.keys()) if (!watched.has(id)) last.delete(id)
  if (watched.size === 0) return
  for (const { id, number } of await listLastNumbers(ctx, [...watched])) {
    const known = last.get(id)
    last.set(id, number)
    if (known === undefined || number <= known) continue
    moved.set(id, { from: moved.get(id)?.from ?? known, number, until: now + headsRhythm.again })
  }
  for (const [id, one] of moved) if (one.until < now) moved.delete(id)
}

/** The last message of each moved channel that names somebody here. One query. */
async function mentionsOf(ctx: Ctx, people: readonly AccountId[]): Promise<Map<string, number>> {
  const since = [...moved].map(([channelId, { from }]) => ({ channelId, from }))
  const rows = await listLastNaming(ctx, since, people)
  return new Map(rows.map(row => [`${row.accountId}/${row.channelId}`, row.number]))
}

async function tell(ctx: Ctx): Promise<void> {
  if (moved.size === 0) return
  const theirs = [...readers].flatMap(([id, reader]) => {
    const channels = [...moved.keys()].filter(one => reader.channels.has(one))
    return channels.length > 0 ? [{ id, channels }] : []
  })
  if (theirs.length === 0) return
  const mentions = await mentionsOf(
    ctx,
    theirs.map(one => one.id),
  )
  for (const { id, channels } of theirs) {
    const heads: MovedHead[] = channels.map(channelId => ({
      channelId,
      lastNumber: moved.get(channelId)?.number ?? 0,
      mentionedNumber: mentions.get(`${id}/${channelId}`) ?? 0,
    }))
    ctx.emit(inboxScope, id, { kind: 'headsMoved', body: { channels: heads } })
  }
}

async function turn(ctx: Ctx): Promise<void> {
  if (readers.size === 0) return
  await readAnew(ctx)
  await look(ctx)
  await tell(ctx)
}

/** Begins to look on this node; for the feature's `start`. */
export function startHeads(services: NodeServices): () => Promise<void> {
  nodes.push(services)
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    // Several nodes in one process (tests) share its readers: one of them looks.
    if (nodes[0] !== services) return
    running ??= turn(services.systemCtx())
      .catch(error => services.log.warn({ err: error }, 'heads of channels'))
      .finally(() => {
        running = undefined
      })
  }, headsRhythm.look)
  return async () => {
    clearInterval(timer)
    await running
    nodes.splice(nodes.indexOf(services), 1)
    if (nodes.length > 0) return
    readers.clear()
    last.clear()
    moved.clear()
  }
}
