// A course as somebody else would see it: whoever prepares it reads as a person who is supposed for the length of one
// read, in a transaction that is taken back. Everything judges that person as it judges anybody; nothing is kept.
import { demand, Problem } from '#protocol/base/problems.ts'
import { type Preview, readPreview } from '#protocol/preview.ts'
import { demandMay, demandMayGive, supposeRole } from '#server/features/access/index.ts'
import { readersTexts, supposeAccount } from '#server/features/accounts/index.ts'
import { courseContext, getCourse, supposeEnrolment } from '#server/features/courses/index.ts'
import { supposeMember } from '#server/features/groups/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readSupposing } from '#server/platform/db/transact.ts'
import { mayBeSeenAs } from './rules.ts'

/** For whoever changes what is in the course, and as nobody who may do more there than they. Throws why not. */
async function demandPreview(ctx: Ctx): Promise<Preview> {
  const wanted = readPreview(ctx.seenAs ?? '')
  demand(wanted !== undefined && mayBeSeenAs(wanted.role), 'malformed', {
    errors: [{ path: 'preview', code: 'invalid_format' }],
  })
  const context = courseContext(wanted.courseId)
  await demandMay(ctx, 'content.change', context, 'reading')
  await getCourse(ctx, wanted.courseId)
  await demandMayGive(ctx, [wanted.role], context)
  return wanted
}

async function suppose(ctx: Ctx, { courseId, role, groupIds }: Preview): Promise<Ctx> {
  const { preview } = await readersTexts(ctx)
  const who = await supposeAccount(ctx, { name: preview.somebody })
  const { accountId } = who
  await supposeRole(ctx, { accountId, role, context: courseContext(courseId) })
  await supposeEnrolment(ctx, { courseId, accountId })
  await supposeMember(ctx, { courseId, accountId, groupIds })
  return { ...ctx, who, behind: ctx.who, seenAs: undefined }
}

/**
 * Reads as whom `ctx.seenAs` names. Throws `not-signed-in`, `malformed`, what `demandMay` throws for who does not prepare
 * the course, and `beyond-own` for a role that may more than they.
 */
export async function readAsSeen<T>(ctx: Ctx, read: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.who.kind === 'nobody') throw new Problem('not-signed-in')
  const wanted = await demandPreview(ctx)
  return readSupposing(ctx, inside => suppose(inside, wanted), read)
}
