// Opens a meeting to whoever comes: asks its server where it has to be made first. Nothing here holds a transaction.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { askOutside, OutsideAway } from '#server/platform/http/outgoing.ts'
import { openedServer, serverOf } from '../queries/servers.ts'
import { type Answer, checkAddress, createAddress, joinAddress, readAnswer } from '../rules/bigbluebutton.ts'
import type { Comer, Held } from '../rules/held.ts'
import { jitsiAddress } from '../rules/jitsi.ts'
import type { MeetingRow, ServerRow } from '../tables.ts'

/** For how long a meeting that was made is not made again, in milliseconds: a class comes within seconds. */
const freshMs = 10_000

const made = new Map<string, { readonly until: number; readonly done: Promise<void> }>()

/** Asks a BigBlueButton. Throws `meeting-away` where nothing of its API came back, and `meeting-refused`. */
export async function askBigBlueButton(ctx: Ctx, address: string): Promise<Answer & { kind: 'done' | 'not there' }> {
  const answer = readAnswer(await outside(ctx, address))
  demand(answer.kind !== 'unreadable', 'meeting-away')
  demand(answer.kind !== 'refused', 'meeting-refused')
  return answer
}

async function outside(ctx: Ctx, address: string): Promise<string> {
  try {
    return await askOutside(address)
  } catch (error) {
    if (!(error instanceof OutsideAway)) throw error
    ctx.log.warn({ host: new URL(address).host, why: error.message }, 'a server of meetings does not answer')
    throw new Problem('meeting-away')
  }
}

/** Made once for all who come at the same time; made anew when that failed. */
async function makeThere(ctx: Ctx, held: Held): Promise<void> {
  const now = Date.now()
  const address = createAddress(held)
  const before = made.get(address)
  if (before && before.until > now) return before.done
  for (const [key, { until }] of made) if (until <= now) made.delete(key)
  const done = askBigBlueButton(ctx, address).then(() => undefined)
  made.set(address, { until: now + freshMs, done })
  try {
    await done
  } catch (error) {
    made.delete(address)
    throw error
  }
}

/** The meeting with what its server needs; null for one with an address of its own. Throws `not-found`. */
export async function heldOf(row: MeetingRow): Promise<Held | null> {
  const server = await serverOf(row)
  return server && row.room !== null ? { server: openedServer(server), room: row.room, title: row.title } : null
}

/** Where somebody goes who comes now. Throws `not-found`, `meeting-away`, `meeting-refused`. */
export async function wayInto(ctx: Ctx, row: MeetingRow, comer: Comer): Promise<string> {
  if (row.address !== null) return row.address
  const held = await heldOf(row)
  if (!held) throw new Error('a meeting is nowhere')
  if (held.server.kind === 'jitsi') return jitsiAddress(held, comer, ctx.now)
  await makeThere(ctx, held)
  return joinAddress(held, comer)
}

/** Asks a server whether it is there and, where it tells, whether it knows us. Throws `meeting-away`, `meeting-refused`. */
export async function checkServer(ctx: Ctx, row: ServerRow): Promise<void> {
  if (row.kind === 'jitsi') await outside(ctx, row.address)
  else await askBigBlueButton(ctx, checkAddress(openedServer(row)))
}
