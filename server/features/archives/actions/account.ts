// What archives owe a person: those they bring in are theirs alone; those of a course are the course's.
import type { AccountHooks } from '#server/platform/feature.ts'
import { courseExports, courseImports } from '../tables.ts'
import { dropImport } from './import.ts'

export const accountHooks: AccountHooks = {
  columns: ['course_exports.asked_by', 'course_imports.account_id'],
  stays: { 'course_exports.asked_by': 'trail' },
  export: async (_ctx, accountId) => ({
    coursesTakenAway: await courseExports.findAll({
      where: { askedBy: accountId },
      attributes: ['courseId', 'askedAt', 'state'],
      raw: true,
    }),
    coursesBroughtIn: await courseImports.findAll({
      where: { accountId },
      attributes: ['name', 'startedAt', 'state', 'courseId'],
      raw: true,
    }),
  }),
  erase: async (ctx, accountId) => {
    for (const { id } of await courseImports.findAll({ where: { accountId }, attributes: ['id'], raw: true }))
      await dropImport(ctx, { id, accountId })
  },
  merge: async (ctx, from, into) => {
    await ctx.sql('update course_exports set asked_by = $2 where asked_by = $1', [from, into])
    await ctx.sql('update course_imports set account_id = $2 where account_id = $1', [from, into])
  },
}
