// Servers that hold meetings, on the wire: administrators set them up; their secrets are written and never read.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { idSchema, line, nothing, text, version } from '../base/ids.ts'
import { address } from '../links.ts'

export const serverId = idSchema<'MeetingServer'>()
export type ServerId = z.infer<typeof serverId>

export const serverKinds = ['jitsi', 'bigbluebutton'] as const
export const serverKind = z.enum(serverKinds)
export type ServerKind = z.infer<typeof serverKind>

/** Most servers of a school. */
export const mostServers = 20

/** A server of the school may stand in its own network, without a certificate. */
export const serverAddress = address

export const meetingServer = z.object({
  id: serverId,
  name: z.string(),
  kind: serverKind,
  address: z.string(),
  /** Of Jitsi alone: who signs its tokens. */
  appId: z.string(),
  /** How many meetings stand on it, removed ones too. */
  meetings: z.int(),
  version,
})
export type MeetingServer = z.infer<typeof meetingServer>

const name = line(100)
const appId = text(200)
const secret = line(500)

export const serverRoutes = defineRoutes('meetingServers', {
  list: route('GET', '/meeting-servers', read(nothing, z.object({ items: z.array(meetingServer) }))),
  /** `malformed` at `appId` for a Jitsi without one, `too-many` past `mostServers`. */
  create: route(
    'POST',
    '/meeting-servers',
    write(
      z.strictObject({ name, kind: serverKind, address: serverAddress, appId: z._default(appId, ''), secret }),
      z.object({ id: serverId }),
    ),
  ),
  /** Without a secret the one there is stays. `conflict` when somebody was faster. */
  change: route(
    'PATCH',
    '/meeting-servers/:serverId',
    write(
      z.strictObject({
        ...{ serverId, version, name: z.optional(name), address: z.optional(serverAddress) },
        ...{ appId: z.optional(appId), secret: z.optional(secret) },
      }),
      nothing,
    ),
  ),
  /** `server-in-use` while meetings stand on it. */
  remove: route('DELETE', '/meeting-servers/:serverId', write(z.strictObject({ serverId }), nothing)),
  restore: route('POST', '/meeting-servers/:serverId/restore', write(z.strictObject({ serverId }), nothing)),
  /** Asks the server whether it knows us: `meeting-away`, `meeting-refused`. */
  check: route('GET', '/meeting-servers/:serverId/check', read(z.strictObject({ serverId }), nothing)),
})
