// What consent owes a person: told in their copy. That somebody agreed stays, under a pseudonym once they are gone: it is the
// proof that they were asked (GDPR, Art. 7, 1).
import { noteAgreed } from '#server/features/accounts/index.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { exportAgreements } from '../queries.ts'
import { consentAgreements, consentTexts } from '../tables.ts'

export const accountHooks: AccountHooks = {
  columns: ['consent_agreements.account_id', 'consent_agreements.by_id', 'consent_texts.published_by'],
  stays: {
    'consent_agreements.account_id': 'record',
    'consent_agreements.by_id': 'record',
    'consent_texts.published_by': 'trail',
  },
  export: async (ctx, accountId) => ({ agreements: await exportAgreements(ctx, accountId) }),
  erase: async () => undefined,
  merge: async (ctx, from, into) => {
    const agreed: number = (await consentAgreements.max('version', { where: { accountId: from } })) ?? 0
    await consentAgreements.update({ accountId: into }, { where: { accountId: from } })
    await consentAgreements.update({ byId: into }, { where: { byId: from } })
    await consentTexts.update({ publishedBy: into }, { where: { publishedBy: from } })
    if (agreed > 0) await noteAgreed(ctx, into, agreed)
  },
}
