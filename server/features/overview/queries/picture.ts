// The picture of all that is live now: rooms, sums, nodes. Three queries however many classes run, once a second on one
// node and only while somebody looks. What they cost grows with who is here and what was said and answered in classes that
// are open, never with the square of it nor with what has ended: COSTLINE
// Changes nothing and asks no rights.
import type { NodeHealth, OverviewPicture, Room } from '#protocol/overview.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { attentionOf, byAttention } from '../rules.ts'
import { type FiguresRow, figuresOf, figuresOfRun } from './figures.ts'

/** A node that was not heard of for this long is gone, in milliseconds; with it the people it had. */
export const goneMs = 7_000

interface RoomRow extends FiguresRow {
  id: Room['runId']
  course_id: string
  course_title: string
  title: string
  hosts: string[]
  started_at: Date
  channel_id: string
  qa_id: string
  note_id: string | null
  connected: number
  reconnecting: number
  stage_title: string | null
  phase: string | null
  opened_at: string | null
  answered: number
  messages: number
  note_edits: number
}

// Presence is the union of what living nodes say. Messages and edits are counted from the newest back, so that a long
// chat costs no more than a short one.
const roomsSql = `
  with open as (
    select r.*, c.title as course_title from runs r join courses c on c.id = r.course_id
     where r.phase = 'open' and ($1::uuid[] is null or r.id = any($1))
  ), people as (
    select p.run_id, p.account_id, bool_or(p.here) as here from (
      select s.run_id, unnest(s.here) as account_id, true as here
        from node_rooms s join nodes n on n.id = s.node_id and n.seen_at > $2
      union all
      select s.run_id, unnest(s.reconnecting), false
        from node_rooms s join nodes n on n.id = s.node_id and n.seen_at > $2
    ) p
    join open on open.id = p.run_id
    join seats t on t.run_id = p.run_id and t.account_id = p.account_id and t.role <> 'host'
    group by p.run_id, p.account_id
  ), crowds as (
    select run_id, count(*) filter (where here)::int as here, count(*) filter (where not here)::int as gone
      from people group by run_id
  ), stages as (
    select r.id as run_id, d.id, a.title, (d.shared ->> 'itemId')::uuid as item_id, d.shared ->> 'phase' as phase,
           d.shared ->> 'openedAt' as opened_at
      from open r join deliveries d on d.id = r.stage_delivery_id join activities a on a.id = d.activity_id
     where d.shared ->> 'itemId' is not null and d.shared ->> 'phase' not in ('waiting', 'done')
  ), answered as (
    select g.run_id, count(*)::int as many
      from stages g join people q on q.run_id = g.run_id and q.here
      join attempts t on t.delivery_id = g.id and t.account_id = q.account_id
     where exists (select from responses s where s.attempt_id = t.id and s.item_id = g.item_id)
     group by g.run_id
  )
  select r.id, r.course_id, r.course_title, r.title, r.started_at, r.channel_id, r.qa_id, n.id as note_id,
         array(select a.name from seats s join accounts a on a.id = s.account_id
                where s.run_id = r.id and s.role = 'host' order by s.joined_at, a.name) as hosts,
         coalesce(p.here, 0) as connected, coalesce(p.gone, 0) as reconnecting,
         stage.title as stage_title, stage.phase, stage.opened_at, coalesce(answered.many, 0) as answered,
         (select count(*)::int from (
            (select sent_at from messages where channel_id = r.channel_id order by number desc limit 500)
            union all
            (select sent_at from messages where channel_id = r.qa_id order by number desc limit 500)
          ) m where m.sent_at > $3) as messages,
         (select count(*)::int from (
            select at from document_updates where document_id = n.id order by seq desc limit 500
          ) u where u.at > $3) as note_edits,
         ${figuresOfRun}
    from open r
    left join notes n on n.run_id = r.id
    left join crowds p on p.run_id = r.id
    left join stages stage on stage.run_id = r.id
    left join answered on answered.run_id = r.id`

const minutes = (ctx: Ctx, count: number): Date => new Date(ctx.now.getTime() - count * 60_000)

/** The figures of these open classes, or of all, those that want attention first. One query. */
export async function roomsNow(ctx: Ctx, runIds: readonly string[] | null): Promise<Room[]> {
  const rows = await ctx.sql<RoomRow>(roomsSql, [
    runIds && [...runIds],
    new Date(ctx.now.getTime() - goneMs),
    minutes(ctx, 5),
  ])
  return rows
    .map(row => {
      const open = row.phase === 'open' || row.phase === 'closing'
      const question = row.stage_title === null ? null : { title: row.stage_title, answered: row.answered, open }
      const measured = { connected: row.connected, reconnecting: row.reconnecting, question }
      return {
        runId: row.id,
        courseId: row.course_id,
        courseTitle: row.course_title,
        title: row.title,
        hosts: row.hosts,
        startedAt: new Date(row.started_at).toISOString(),
        channelId: row.channel_id,
        qaId: row.qa_id,
        noteId: row.note_id,
        ...measured,
        messages: row.messages,
        noteEdits: row.note_edits,
        attention: attentionOf(measured, row.opened_at === null ? null : new Date(row.opened_at), ctx.now),
        figures: figuresOf(row),
      }
    })
    .sort(byAttention)
}

interface NodeRow {
  id: NodeHealth['id']
  name: string
  build: string
  started_at: Date
  seen_at: Date
  sockets: number
  lag_ms: number
  memory_mb: number
  faults: number
  database_ms: number
  redis: NodeHealth['redis']
}

async function nodesNow(ctx: Ctx): Promise<NodeHealth[]> {
  const rows = await ctx.sql<NodeRow>('select * from nodes where seen_at > $1 order by started_at, id', [
    new Date(ctx.now.getTime() - goneMs),
  ])
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    build: row.build,
    startedAt: new Date(row.started_at).toISOString(),
    seenAt: new Date(row.seen_at).toISOString(),
    sockets: row.sockets,
    lagMs: row.lag_ms,
    memoryMb: row.memory_mb,
    faults: row.faults,
    databaseMs: row.database_ms,
    redis: row.redis,
  }))
}

/** Everything. */
export async function overviewNow(ctx: Ctx): Promise<OverviewPicture> {
  const rooms = await roomsNow(ctx, null)
  const nodes = await nodesNow(ctx)
  const [sums] = await ctx.sql<{ answers: number; queue: number }>(
    `select (select count(*)::int from runs r join run_deliveries v on v.run_id = r.id
               join responses s on s.delivery_id = v.delivery_id and s.at > $1
              where r.phase = 'open') as answers,
            (select count(*)::int from pgboss.job where state in ('created', 'retry') and start_after <= now()) as queue`,
    [minutes(ctx, 1)],
  )
  return {
    at: ctx.now.toISOString(),
    rooms,
    nodes,
    totals: {
      rooms: rooms.length,
      connected: rooms.reduce((sum, one) => sum + one.connected, 0),
      answers: sums?.answers ?? 0,
      faults: nodes.reduce((sum, one) => sum + one.faults, 0),
      queue: sums?.queue ?? 0,
    },
  }
}
