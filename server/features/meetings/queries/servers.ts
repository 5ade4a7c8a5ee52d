// Servers of meetings as they are read. Their secrets leave this feature only signed into what they sign.
import { Problem } from '#protocol/base/problems.ts'
import type { MeetingServer, ServerId } from '#protocol/meetings/servers.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { unseal } from '#server/platform/seal.ts'
import type { Held } from '../rules/held.ts'
import { type MeetingRow, type ServerRow, servers } from '../tables.ts'

/** What secrets are sealed for. */
export const secretPurpose = 'meeting-server-secret'

/** All of them, by name, with how many meetings stand on each. One query. */
export const listServers = (ctx: Ctx): Promise<MeetingServer[]> =>
  ctx.sql<MeetingServer>(
    `select s.id, s.name, s.kind, s.address, s.app_id as "appId", s.version,
            (select count(*)::int from meetings m where m.server_id = s.id) as meetings
       from meeting_servers s where s.removed_at is null order by lower(s.name), s.id`,
  )

/** The server, a removed one too: what stands on it goes on. Throws `not-found`. */
export async function getServer(id: ServerId): Promise<ServerRow> {
  const row = await servers.findByPk(id, { raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

/** With its secret opened. Throws a fault when SECRET_KEY is not the one it was sealed under. */
export function openedServer({ kind, address, appId, sealedSecret }: ServerRow): Held['server'] {
  const secret = unseal(secretPurpose, sealedSecret)
  if (secret === undefined) throw new Error('a server of meetings was sealed under another SECRET_KEY')
  return { kind, address, appId, secret }
}

/** The server a meeting stands on; null for one with an address of its own. Throws `not-found`. */
export const serverOf = async ({ serverId }: Pick<MeetingRow, 'serverId'>): Promise<ServerRow | null> =>
  serverId === null ? null : getServer(serverId)
