// Says who must have a second step at this school. Who may say so was asked by the door.
import type { FactorPolicy } from '#protocol/factors.ts'
import { accountProof } from '#server/features/accounts/index.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { currentPolicy } from '../queries.ts'

/** Changes the policy; the same again changes nothing. It is asked at the next sign-in, nobody is signed out by it. */
export async function changePolicy(ctx: WriteCtx, policy: FactorPolicy): Promise<void> {
  const before = await currentPolicy(ctx)
  if (before === policy) return
  await accountProof.setSetting(ctx, 'second-step', policy)
  await audit.record(ctx, {
    verb: 'factor.policy-changed',
    subject: { kind: 'setting', id: 'second-step' },
    details: { before, after: policy },
  })
}
