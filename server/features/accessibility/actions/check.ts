// Looks over what changed and writes what is found. May run twice: what is written follows from the record alone.
import type { Finding } from '#protocol/accessibility/findings.ts'
import { findingsScope } from '#protocol/accessibility.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { type StaleFile, type StaleText, staleFiles, staleTexts } from '../queries/stale.ts'
import { findingsOfFile, textFindings, weighed } from '../rules.ts'

/** Says to whoever may change the course that what is found in it changed. */
export async function findingsChanged(ctx: WriteCtx, courseId: string): Promise<void> {
  const [row] = await ctx.sql<{ changes: number }>(
    `insert into findings_states (course_id, changes) values ($1, 1)
     on conflict (course_id) do update set changes = findings_states.changes + 1 returning changes`,
    [courseId],
  )
  ctx.announce(findingsScope, courseId, { kind: 'findingsChanged', body: { changes: row?.changes ?? 0 } })
}

const lookedOver = (one: StaleText | StaleFile): Finding[] =>
  one.kind === 'file' ? findingsOfFile(one) : textFindings(one)

// Answers in which courses something else was found than before.
async function write(ctx: WriteCtx, stale: readonly (StaleText | StaleFile)[]): Promise<Set<string>> {
  const rows = stale.map(one => {
    const findings = lookedOver(one)
    return { ...one, findings, ...weighed(findings) }
  })
  // What was found stands beside what is written in its place: both in one statement, so that nothing comes between.
  const changed = await ctx.sql<{ course_id: string }>(
    `with fresh as (
       select * from jsonb_to_recordset($1::jsonb) as f(kind text, "refId" uuid, "courseId" uuid, stamp text,
         findings jsonb, barriers int, hurdles int)
     ), before as (
       select c.kind, c.ref_id, c.findings from findings_checks c join fresh f on f.kind = c.kind and f."refId" = c.ref_id
     ), written as (
       insert into findings_checks (kind, ref_id, course_id, stamp, findings, barriers, hurdles, checked_at)
       select kind, "refId", "courseId", stamp, findings, barriers, hurdles, $2 from fresh order by kind, "refId"
       on conflict (kind, ref_id) do update set (course_id, stamp, findings, barriers, hurdles, checked_at)
         = (excluded.course_id, excluded.stamp, excluded.findings, excluded.barriers, excluded.hurdles, excluded.checked_at)
       returning kind, ref_id, course_id, findings
     )
     select distinct w.course_id from written w left join before b on b.kind = w.kind and b.ref_id = w.ref_id
      where b.findings is distinct from w.findings`,
    [
      JSON.stringify(
        rows.map(({ kind, refId, courseId, stamp, findings, barriers, hurdles }) => ({
          ...{ kind, refId, courseId, stamp, findings, barriers, hurdles },
        })),
      ),
      ctx.now,
    ],
  )
  return new Set(changed.map(row => row.course_id))
}

/** Looked over in one step at most, of each kind. */
const most = 100

/** An action writes to four scopes at most: a step looks over things of so many courses. */
const mostCourses = 4

/** Looks over what changed in one course, or (null) anywhere; some of it, and answers whether there may be more. */
export async function checkChanged(ctx: WriteCtx, courseId: string | null): Promise<'again' | 'done'> {
  const stale = [...(await staleTexts(ctx, courseId, most)), ...(await staleFiles(ctx, courseId, most))]
  if (stale.length === 0) return 'done'
  const courses = new Set([...new Set(stale.map(one => one.courseId))].sort().slice(0, mostCourses))
  const now = stale.filter(one => courses.has(one.courseId))
  for (const one of [...(await write(ctx, now))].sort()) await findingsChanged(ctx, one)
  return now.length === stale.length && stale.length < most ? 'done' : 'again'
}

/** Looks over all that changed anywhere, a step a transaction. */
export const sweepJob: JobBinding = { name: 'accessibility.sweep', run: ctx => checkChanged(ctx, null) }

/** Has somebody look over what no event told of, such as a copied course. */
export const sweep = (ctx: WriteCtx): Promise<void> => ctx.enqueue(sweepJob, {})

/** Looks over all that changed anywhere, in steps of a transaction each. */
export async function checkEverything(
  inTransaction: <T>(work: (ctx: WriteCtx) => Promise<T>) => Promise<T>,
): Promise<void> {
  while ((await inTransaction(ctx => checkChanged(ctx, null))) === 'again');
}
