// Who did what, when. Every other feature records here in its own transaction; nobody changes what stands here.
import { auditRoutes } from '#protocol/audit.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { eraseDetailsAbout, record, recordAll, seal } from './actions.ts'
import { httpHandlers } from './http.ts'
import { listAbout, registerToldElsewhere, verify } from './queries/verify.ts'

export { type AuditRecord, eraseDetails, eraseDetailsAbout, seal } from './actions.ts'
export { everyEntry, listActors, listEntries } from './queries/list.ts'
export { namesFrom, nameThings, registerAuditNaming } from './queries/naming.ts'
export { auditCsv } from './rules.ts'
export { auditEntries } from './tables.ts'
export { registerToldElsewhere, verify }

/** The verbs of the trail, for callers that like to read `audit.record(ctx, …)`. */
export const audit = { record, recordAll, verify } as const

export const auditFeature: Feature = {
  name: 'audit',
  bindings: bind(auditRoutes, httpHandlers),
  tickers: [
    {
      name: 'audit.seal',
      everyMs: 2_000,
      run: async ctx => {
        await seal(ctx)
      },
    },
  ],
  account: {
    columns: ['audit_entries.actor'],
    stays: {
      'audit_entries.actor': 'trail',
    },
    export: async (ctx, accountId) => ({ trail: await listAbout(ctx, accountId) }),
    // What is about somebody is found by its subject.
    erase: eraseDetailsAbout,
    erasesBeyond: true,
    // Entries keep the id they were written with; it leads to the account it went into.
    kept: ['audit_entries.actor'],
    merge: async () => undefined,
  },
}
