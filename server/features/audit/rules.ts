// What is hashed, and how the links of the chain follow from each other. Pure; the order of fields is fixed for good,
// because old links must come out the same.
import { createHash } from 'node:crypto'
import type { AuditEntry } from '#protocol/audit.ts'
import type { Who } from '#server/platform/ctx.ts'
import { csvFile } from '#server/platform/http/csv.ts'

/** The part of an entry that the chain covers. */
export interface Linked {
  readonly id: string
  readonly at: Date
  readonly actor: string | null
  readonly verb: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly contextKind: string | null
  readonly contextId: string | null
  readonly requestId: string
  readonly detailsHash: Buffer
}

/** The link before the first. */
export const firstLink: Buffer = Buffer.alloc(32)

/** SHA-256 of salt and details. Without the salt, guessing the details from it is in vain. */
export const hashDetails = (salt: Buffer, details: string): Buffer =>
  createHash('sha256').update(salt).update(details).digest()

/** The link of an entry after the link before it. */
export function nextLink(before: Buffer, entry: Linked): Buffer {
  const fields = [
    entry.id,
    entry.at.toISOString(),
    entry.actor,
    entry.verb,
    entry.subjectKind,
    entry.subjectId,
    entry.contextKind,
    entry.contextId,
    entry.requestId,
    entry.detailsHash.toString('hex'),
  ]
  return createHash('sha256').update(before).update(JSON.stringify(fields)).digest()
}

/** The trail names everybody and everything: it is for administrators alone. */
export const mayReadTrail = (who: Who): boolean => who.kind === 'account' && who.siteRole === 'administrator'

/** Entries as a file: names beside ids, details as JSON. */
export const auditCsv = (entries: readonly AuditEntry[]): string =>
  csvFile([
    ['at', 'who', 'who id', 'what', 'about', 'about kind', 'about id', 'where', 'where id', 'details', 'request'],
    ...entries.map(({ at, actor, verb, subject, context, details, requestId }) => [
      at,
      actor?.name ?? '',
      actor?.id ?? '',
      verb,
      subject.name ?? '',
      subject.kind,
      subject.id,
      context?.name ?? '',
      context?.id ?? '',
      details === null ? '' : JSON.stringify(details),
      requestId,
    ]),
  ])
