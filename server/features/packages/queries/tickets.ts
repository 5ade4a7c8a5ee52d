// What a secret in an address opens, and where a file of a package lies. Changes nothing and asks no rights.
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { PackageForm } from '#protocol/packages/player.ts'
import type { PackageId } from '#protocol/packages.ts'
import type { Ctx, Who } from '#server/platform/ctx.ts'
import type { ZipListed } from '#server/platform/extract/zip.ts'
import type { ContentId } from '../tables.ts'

/** What a ticket that stands says. */
export interface Ticket {
  readonly who: Who
  readonly courseId: CourseId
  readonly packageId: PackageId
  readonly contentId: ContentId
  readonly form: PackageForm
  readonly blobId: string
  /** Of the archive, in bytes. */
  readonly size: number
  readonly framedBy: string
  readonly expiresAt: Date
}

interface TicketFacts extends Omit<Ticket, 'who' | 'size' | 'expiresAt'> {
  accountId: AccountId
  sessionId: SessionId
  siteRole: SiteRole
  name: string
  size: string
  expiresAt: Date
}

/** The ticket of this hash while it stands: not run out, its device still signed in, its account not shut. One query. */
export async function findTicket(ctx: Ctx, hash: Buffer): Promise<Ticket | undefined> {
  const [row] = await ctx.sql<TicketFacts>(
    `select t.account_id as "accountId", t.session_id as "sessionId", a.site_role as "siteRole", a.name,
            p.course_id as "courseId", t.package_id as "packageId", t.content_id as "contentId", c.form, c.blob_id as "blobId",
            c.size::text as size, t.framed_by as "framedBy", t.expires_at as "expiresAt"
       from package_tickets t
       join sessions s on s.id = t.session_id and s.account_id = t.account_id and s.expires_at > $2
       join accounts a on a.id = t.account_id and a.suspended_at is null and a.erased_at is null
       join packages p on p.id = t.package_id
       join package_contents c on c.id = t.content_id
      where t.hash = $1 and t.expires_at > $2 and t.ends_at > $2`,
    [hash, ctx.now],
    'packages-ticket',
  )
  if (!row) return undefined
  const { accountId, sessionId, siteRole, name, size, expiresAt, ...rest } = row
  const who = { kind: 'account', accountId, sessionId, siteRole, name } as const
  return { ...rest, who, size: Number(size), expiresAt: new Date(expiresAt) }
}

/** Where a file lies in its archive; undefined where there is none of that key. One query. */
export async function findPackageFile(ctx: Ctx, contentId: ContentId, key: string): Promise<ZipListed | undefined> {
  const [row] = await ctx.sql<{ size: string; packed: string; method: number; local: string }>(
    'select size::text as size, packed::text as packed, method, local::text as local from package_files where content_id = $1 and key = $2',
    [contentId, key],
    'packages-file',
  )
  if (!row) return undefined
  const { size, packed, method, local } = row
  return { name: key, size: Number(size), packed: Number(packed), method, local: Number(local), link: false }
}
