// Begins and ends seeing Lectern as a person: never without a reason, never unrecorded, never longer than its time.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { type PersonView, type ViewId, viewMinutes } from '#protocol/preview.ts'
import { tellSafety } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import { demandAccount, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { readPerson } from '../queries.ts'
import { mayLook, maySeeAs } from '../rules.ts'
import { personViews } from '../tables.ts'

interface Asked {
  readonly accountId: AccountId
  readonly reason: string
}

/** Begins it. Throws `not-allowed` for who may not look, or not as them, and `not-found` for whom there is not. */
export async function beginView(ctx: WriteCtx, { accountId, reason }: Asked): Promise<PersonView> {
  const looking = demandAccount(ctx.who)
  demand(mayLook(looking))
  const person = await readPerson(ctx, accountId)
  demand(maySeeAs(looking, person))
  const id = newId<'PersonView'>()
  const until = new Date(ctx.now.getTime() + viewMinutes * 60_000)
  await personViews.create({ id, viewerId: looking.accountId, accountId, reason, at: ctx.now, until })
  await audit.record(ctx, {
    verb: 'account.view-begun',
    subject: { kind: 'account', id: accountId },
    details: { reason, until: until.toISOString() },
  })
  tellSafety(ctx, accountId)
  return { id, accountId, name: person.name, until: until.toISOString() }
}

/** Ends one's own view. Of one that is over, or somebody else's, nothing changes: `not-found` for the latter. */
export async function endView(ctx: WriteCtx, id: ViewId): Promise<void> {
  const { accountId: viewerId } = demandAccount(ctx.who)
  const view = await personViews.findOne({ where: { id, viewerId }, lock: true })
  demand(view !== null, 'not-found')
  if (view.until <= ctx.now) return
  await view.update({ until: ctx.now })
  await audit.record(ctx, { verb: 'account.view-ended', subject: { kind: 'account', id: view.accountId } })
  tellSafety(ctx, view.accountId)
  // What is still heard with the person's eyes ends at once.
  ctx.rightsChanged(viewerId)
}
