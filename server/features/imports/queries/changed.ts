// What an import changed about people and enrolments that were there, for its undoing: as it was, and whether it still stands as
// the import left it. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { ImportId } from '#protocol/imports.ts'
import type { Ctx } from '#server/platform/ctx.ts'

export interface ChangedEnd {
  readonly line: number
  readonly courseId: string
  readonly accountId: AccountId
  /** ISO; null where there was no end. */
  readonly endsAt: string | null
  readonly stands: boolean
}

/** The next ends of one course that it changed, by line. */
export const listChangedEnds = (ctx: Ctx, id: ImportId, most: number): Promise<ChangedEnd[]> =>
  ctx.sql<ChangedEnd>(
    `select r.line, r.course_id as "courseId", r.account_id as "accountId", r.was->>'endsAt' as "endsAt",
       r.was is not null and e.ends_at is not distinct from r.ends_at as stands
      from import_rows r
      left join enrolments e on e.course_id = r.course_id and e.account_id = r.account_id and e.ended_at is null
      where r.import_id = $1 and r.sort = 'enrolments' and r.outcome = 'changed'
        and r.course_id = (select course_id from import_rows
          where import_id = $1 and sort = 'enrolments' and outcome = 'changed' order by course_id limit 1)
      order by r.line limit $2`,
    [id, most],
  )

export interface ChangedPerson {
  readonly line: number
  readonly accountId: AccountId
  readonly name: string
  readonly email: string
  readonly stands: boolean
}

/** The next people whose name or address it changed, by line. */
export const listChangedPeople = (ctx: Ctx, id: ImportId, most: number): Promise<ChangedPerson[]> =>
  ctx.sql<ChangedPerson>(
    `select r.line, r.account_id as "accountId", r.was->>'name' as name, r.was->>'email' as email,
       r.was is not null and a.name = r.name and lower(a.email) = r.email as stands
      from import_rows r join accounts a on a.id = r.account_id
      where r.import_id = $1 and r.sort = 'people' and r.outcome = 'changed' order by r.line limit $2`,
    [id, most],
  )
