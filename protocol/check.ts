// The network check on the wire: a time to measure round trips by, and a packet of known size. Open to all, since a
// room is checked before anybody has an account.
import * as z from 'zod/mini'
import { defineRoutes, read, route } from './base/call.ts'
import { instant, nothing } from './base/ids.ts'

/** Characters of the packet: a class's note or a page of a course, and more. */
export const packetSize = 200_000

export const checkRoutes = defineRoutes('check', {
  time: route('GET', '/check/time', read(nothing, z.object({ now: instant }), 'anyone')),
  packet: route('GET', '/check/packet', read(nothing, z.object({ filler: z.string() }), 'anyone')),
})
