// What is read of runs: rows as they travel, the states of both scopes, lists. Changes nothing.
import { createHash } from 'node:crypto'
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { Phase } from '#protocol/activities/staged.ts'
import type { ActivityId, DeliveryId, ItemId } from '#protocol/activities.ts'
import type { Input } from '#protocol/base/call.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import type { ChannelId } from '#protocol/channels.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import type { BoardForm, Ranks } from '#protocol/live/ranks.ts'
import type { AgendaEntry, HostStage, Stage } from '#protocol/live/stage.ts'
import type { liveRoutes, Run, RunId, runHostsScope, runScope } from '#protocol/live.ts'
import type { NoteId } from '#protocol/notes.ts'
import { type DeliveryState, deliveryState } from '#server/features/activities/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { gather } from '#server/platform/db/gather.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'
import { handsOf } from './hands.ts'
import { boardOf } from './ranks.ts'

export interface RunFacts {
  id: RunId
  course_id: string
  course_title: string
  title: string
  code: string
  phase: Run['phase']
  channel_id: ChannelId
  qa_id: ChannelId
  note_id: NoteId | null
  grade_item_id: GradeItemId
  stage_delivery_id: DeliveryId | null
  ranks: Ranks
  ranks_shown: BoardForm | null
  started_at: Date
  ended_at: Date | null
}

const runColumns = `r.id, r.course_id, c.title as course_title, r.title, r.code, r.phase, r.channel_id, r.qa_id,
  r.grade_item_id,
  (select n.id from notes n where n.run_id = r.id) as note_id, r.stage_delivery_id, r.ranks, r.ranks_shown, r.started_at, r.ended_at`

/** A row as it travels. The code is nobody's any more once the class has ended. */
export const runOf = (row: RunFacts): Run => ({
  id: row.id,
  courseId: row.course_id,
  courseTitle: row.course_title,
  title: row.title,
  code: row.phase === 'open' ? row.code : null,
  phase: row.phase,
  channelId: row.channel_id,
  qaId: row.qa_id,
  noteId: row.note_id,
  gradeItemId: row.grade_item_id,
  ranks: row.ranks,
  startedAt: new Date(row.started_at).toISOString(),
  endedAt: row.ended_at && new Date(row.ended_at).toISOString(),
})

/** The run, or `not-found`. Asks no rights. `to change` locks its row to the commit: one host after the other. */
export async function getRun(ctx: Ctx, runId: string, lock: 'to read' | 'to change' = 'to read'): Promise<RunFacts> {
  const [row] = await ctx.sql<RunFacts>(
    `select ${runColumns} from runs r join courses c on c.id = r.course_id where r.id = $1
     ${lock === 'to change' ? 'for no key update of r' : ''}`,
    [runId],
  )
  if (!row) throw new Problem('not-found')
  return row
}

/** Of a run `r` in a course `c`, in SQL: its course is neither over nor in the bin. */
export const goesOn = "c.removed_at is null and c.state in ('draft', 'published')"

const findCode = gather(async (ctx, codes: readonly string[]) => {
  const rows = await ctx.sql<RunFacts>(
    `select ${runColumns} from runs r join courses c on c.id = r.course_id
     where r.code = any($1::text[]) and r.phase = 'open' and ${goesOn}`,
    [[...new Set(codes)]],
    'live-codes',
  )
  const found = new Map(rows.map(row => [row.code, row]))
  return codes.map(code => found.get(code))
})

/** The open run behind a code, if there is one. A class that comes in asks it together. */
export const findByCode = (ctx: Ctx, code: string): Promise<RunFacts | undefined> => findCode(ctx, code)

/** Whether a code was that of a class which ended within the last day: whoever comes late is told that. */
export async function endedLately(ctx: Ctx, code: string): Promise<boolean> {
  const [row] = await ctx.sql<{ ended: boolean }>(
    `select exists (select from runs where code = $1 and phase = 'ended' and ended_at > $2) as ended`,
    [code, new Date(ctx.now.getTime() - 86_400_000)],
  )
  return row?.ended ?? false
}

/** Which of these runs are open, in a course that goes on. */
export async function openAmong(ctx: Ctx, runIds: readonly RunId[]): Promise<ReadonlySet<RunId>> {
  const rows = await ctx.sql<{ id: RunId }>(
    `select r.id from runs r join courses c on c.id = r.course_id
     where r.id = any($1::uuid[]) and r.phase = 'open' and ${goesOn}`,
    [runIds],
  )
  return new Set(rows.map(row => row.id))
}

/** The open run of a course, if there is one. */
export async function findOpenRun(ctx: Ctx, courseId: string): Promise<{ id: RunId } | undefined> {
  const [row] = await ctx.sql<{ id: RunId }>("select id from runs where course_id = $1 and phase = 'open'", [courseId])
  return row
}

/** The run a delivery is on the agenda of, if any. */
export async function findRunOf(ctx: Ctx, deliveryId: DeliveryId): Promise<{ runId: RunId } | undefined> {
  const [row] = await ctx.sql<{ run_id: RunId }>('select run_id from run_deliveries where delivery_id = $1', [
    deliveryId,
  ])
  return row && { runId: row.run_id }
}

interface AgendaFacts {
  delivery_id: DeliveryId
  activity_id: ActivityId
  kind: ActivityKindName
  title: string
  items: number
  asked: number
  done: boolean
}

/** The agenda in order. */
export async function agendaOf(ctx: Ctx, runId: string): Promise<AgendaEntry[]> {
  const rows = await ctx.sql<AgendaFacts>(
    `select delivery_id, activity_id, kind, title, items, asked, done from run_deliveries
     where run_id = $1 order by position, delivery_id`,
    [runId],
  )
  return rows.map(row => ({
    deliveryId: row.delivery_id,
    activityId: row.activity_id,
    kind: row.kind,
    title: row.title,
    items: row.items,
    asked: row.asked,
    done: row.done,
  }))
}

/** What everybody sees of a delivery on stage. */
export const stageOf = ({ deliveryId, activityId, title, step, view }: DeliveryState): Stage => ({
  deliveryId,
  activityId,
  title,
  step,
  view,
})

/** JSON with its keys in order: what comes from the database has them in another than what was just made. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

const markOf = (entry: unknown): string => createHash('sha256').update(ordered(entry)).digest('base64url').slice(0, 12)

/** What hosts see of it. */
export const hostStageOf = ({ deliveryId, activityId, title, step, hostView }: DeliveryState): HostStage => ({
  deliveryId,
  activityId,
  title,
  step,
  view: hostView,
  marks: hostView.plan.map(entry => ({ itemId: entry.itemId as ItemId, mark: markOf(entry) })),
})

/** The same for those who have heard of this delivery before: of its plan only what may have changed. */
export function hostStageSince(state: DeliveryState): HostStage {
  const stage = hostStageOf(state)
  const lately = new Set<string>(state.lately)
  const plan = stage.view.plan.filter(entry => lately.has(entry.itemId))
  return { ...stage, view: { ...stage.view, plan } } as HostStage
}

/** The delivery on stage as it stands; null when there is none, as after the end. Throws `not-found`. */
export const stagedOf = async (
  ctx: Ctx,
  row: Pick<RunFacts, 'phase' | 'stage_delivery_id'>,
): Promise<DeliveryState | null> =>
  row.phase === 'open' && row.stage_delivery_id ? deliveryState(ctx, row.stage_delivery_id) : null

/** The state of the run scope. Throws `not-found`. */
export async function runState(ctx: Ctx, runId: string): Promise<StateOf<typeof runScope>> {
  const row = await getRun(ctx, runId)
  const staged = await stagedOf(ctx, row)
  return { run: runOf(row), stage: staged && stageOf(staged), board: await boardOf(ctx, row) }
}

/** The state of the hosts' scope. Throws `not-found`. */
export async function runHostsState(ctx: Ctx, runId: string): Promise<StateOf<typeof runHostsScope>> {
  const staged = await stagedOf(ctx, await getRun(ctx, runId))
  const hands = await handsOf(ctx, runId)
  return { agenda: await agendaOf(ctx, runId), stage: staged && hostStageOf(staged), hands }
}

interface StagedItem {
  readonly run_id: RunId
  readonly delivery_id: DeliveryId
  readonly item_id: ItemId
  readonly phase: Phase
}

/** The items on the stages of these runs while they are open, with the stored phase. One query. */
export const stagedItems = (ctx: Ctx, runIds: readonly string[]): Promise<StagedItem[]> =>
  ctx.sql(
    `select r.id as run_id, d.id as delivery_id, (d.shared ->> 'itemId')::uuid as item_id, d.shared ->> 'phase' as phase
     from runs r join deliveries d on d.id = r.stage_delivery_id
     where r.id = any($1::uuid[]) and r.phase = 'open' and d.shared ->> 'itemId' is not null`,
    [[...runIds]],
  )

/**
 * The runs of a course, newest first; the cursor is an id. Asks no rights. Throws `malformed` for a cursor that is
 * none.
 */
export async function listRuns(
  ctx: Ctx,
  { courseId, after, limit }: Input<typeof liveRoutes.list>,
): Promise<Page<Run>> {
  const rows = await ctx.sql<RunFacts>(
    `select ${runColumns} from runs r join courses c on c.id = r.course_id
     where r.course_id = $1 and ($2::uuid is null or r.id < $2) order by r.id desc limit $3`,
    [courseId, readIdCursor(after), limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(runOf), ...(rows.length > limit && last ? { next: last.id } : {}) }
}

/** The code of the class that began last and still runs; undefined when none does. For the terminal and the bots. */
export async function findOpenCode(ctx: Ctx): Promise<string | undefined> {
  const [row] = await ctx.sql<{ code: string }>(
    "select code from runs where phase = 'open' and code is not null order by started_at desc limit 1",
  )
  return row?.code
}

/** The running classes that have this activity on their agenda, with the ended ones it was part of or without. */
export async function listRunsWith(ctx: Ctx, activityId: ActivityId, which: 'running' | 'all'): Promise<RunId[]> {
  const rows = await ctx.sql<{ id: RunId }>(
    `select distinct r.id from runs r
       join run_deliveries x on x.run_id = r.id
       join deliveries d on d.id = x.delivery_id
      where d.activity_id = $1 and (r.phase = 'open' or $2)`,
    [activityId, which === 'all'],
  )
  return rows.map(row => row.id)
}

/** Some classes of a course in the order of their ids, after one of them or from the first. */
export async function runIdsOf(
  ctx: Ctx,
  { courseId, after, limit }: { courseId: string; after: RunId | null; limit: number },
): Promise<RunId[]> {
  const rows = await ctx.sql<{ id: RunId }>(
    'select id from runs where course_id = $1 and ($2::uuid is null or id > $2) order by id limit $3',
    [courseId, after, limit],
  )
  return rows.map(row => row.id)
}
