// What classes came to, from the record alone: one piece of SQL for those that run and those that ended, so that the last
// figure of a live class is the figure of its report. Changes nothing and asks no rights.
import type { ClassFigures } from '#protocol/overview.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/**
 * Columns joined, asked, answers and said of a run `r`. An answer is counted by its first revision, so that a changed
 * one is one; messages by when they were sent, removed ones too, so that moderation afterwards changes no figure.
 */
export const figuresOfRun = `
  (select count(*)::int from seats s where s.run_id = r.id and s.role <> 'host') as joined,
  (select coalesce(sum(jsonb_array_length(d.shared -> 'opened')), 0)::int
     from run_deliveries v join deliveries d on d.id = v.delivery_id where v.run_id = r.id) as asked,
  (select count(*)::int from run_deliveries v
     join responses s on s.delivery_id = v.delivery_id and s.revision = 1 where v.run_id = r.id) as answers,
  (select count(*)::int from messages m
    where m.channel_id in (r.channel_id, r.qa_id) and m.sent_at <= coalesce(r.ended_at, now())) as said`

export interface FiguresRow {
  joined: number
  asked: number
  answers: number
  said: number
}

/** A row as it travels. */
export const figuresOf = ({ joined, asked, answers, said }: FiguresRow): ClassFigures => ({
  joined,
  asked,
  answers,
  messages: said,
})

/** What one class came to, running or ended. One query. */
export async function classFigures(ctx: Ctx, runId: string): Promise<ClassFigures> {
  const [row] = await ctx.sql<FiguresRow>(`select ${figuresOfRun} from runs r where r.id = $1`, [runId])
  return figuresOf(row ?? { joined: 0, asked: 0, answers: 0, said: 0 })
}
