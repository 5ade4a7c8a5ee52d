// A course as somebody else would see it, or Lectern as a person sees it: whoever looks reads as them, supposed for the
// length of one read or as they are, in a transaction that is taken back. Everything judges them as it judges anybody.
import { demand, Problem } from '#protocol/base/problems.ts'
import { type CoursePreview, isOfPerson, type PersonPreview, readPreview } from '#protocol/preview.ts'
import { demandMay, demandMayGive, supposeRole } from '#server/features/access/index.ts'
import { readersTexts, supposeAccount } from '#server/features/accounts/index.ts'
import { courseContext, getCourse, supposeEnrolment } from '#server/features/courses/index.ts'
import { supposeMember } from '#server/features/groups/index.ts'
import { type Ctx, demandAccount } from '#server/platform/ctx.ts'
import { readSupposing } from '#server/platform/db/transact.ts'
import { readView } from '../queries.ts'
import { mayBeSeenAs, maySeeAs, neverOfPerson } from '../rules.ts'

const malformed = { errors: [{ path: 'preview', code: 'invalid_format' }] }

/** For whoever changes what is in the course, and as nobody who may do more there than they. Throws why not. */
async function demandPreview(ctx: Ctx, wanted: CoursePreview): Promise<CoursePreview> {
  demand(mayBeSeenAs(wanted.role), 'malformed', malformed)
  const context = courseContext(wanted.courseId)
  await demandMay(ctx, 'content.change', context, 'reading')
  await getCourse(ctx, wanted.courseId)
  await demandMayGive(ctx, [wanted.role], context)
  return wanted
}

async function suppose(ctx: Ctx, { courseId, role, groupIds }: CoursePreview): Promise<Ctx> {
  const { preview } = await readersTexts(ctx)
  const who = await supposeAccount(ctx, { name: preview.somebody })
  const { accountId } = who
  await supposeRole(ctx, { accountId, role, context: courseContext(courseId) })
  await supposeEnrolment(ctx, { courseId, accountId })
  await supposeMember(ctx, { courseId, accountId, groupIds })
  return { ...ctx, who, behind: ctx.who, seenAs: undefined }
}

/** As the person of a view that the caller began and that is not over. Throws `not-found`, `view-over`, `not-allowed`. */
async function asPerson(ctx: Ctx, { viewId }: PersonPreview): Promise<Ctx> {
  const looking = demandAccount(ctx.who)
  const { person, until } = await readView(ctx, viewId, looking.accountId)
  demand(until > ctx.now, 'view-over')
  demand(maySeeAs(looking, person))
  const { accountId, siteRole, name } = person
  const who = { kind: 'account' as const, accountId, sessionId: looking.sessionId, siteRole, name }
  return { ...ctx, who, behind: looking, seenAs: undefined }
}

/**
 * Reads as whom `ctx.seenAs` names. Throws `not-signed-in`, `malformed`, what `demandMay` throws for who does not prepare
 * the course, `beyond-own` for a role that may more than they; as a person what `asPerson` throws, and `not-in-preview`
 * for what is theirs alone.
 */
export async function readAsSeen<T>(ctx: Ctx, name: string, read: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.who.kind === 'nobody') throw new Problem('not-signed-in')
  const said = readPreview(ctx.seenAs ?? '')
  demand(said !== undefined, 'malformed', malformed)
  if (isOfPerson(said)) {
    demand(!neverOfPerson.has(name), 'not-in-preview')
    return readSupposing(ctx, inside => asPerson(inside, said), read)
  }
  const wanted = await demandPreview(ctx, said)
  return readSupposing(ctx, inside => suppose(inside, wanted), read)
}
