// One look each at what the network and this browser let through. Each answers within its patience and never throws.
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { socketPath } from '#protocol/base/addresses.ts'
import { collabPath } from '#protocol/base/documents.ts'
import { checkRoutes, packetSize } from '#protocol/check.ts'

/** How long each look may take, in milliseconds: together within ten seconds. */
const patienceMs = 4_000
const roundTrips = 7

export type Reach =
  | { readonly reached: true; readonly medianMs: number; readonly trips: number; readonly offsetMs: number }
  | { readonly reached: false; readonly overdone: boolean }

const overdone = (error: unknown) => error instanceof ClientProblem && error.code === 'slow-down'

/** Several round trips: their median, and the offset of this device's clock by the fastest. */
export async function probeReach(): Promise<Reach> {
  const trips: { took: number; offset: number }[] = []
  try {
    // The first also opens the connection, and is not counted.
    for (let n = 0; n <= roundTrips; n++) {
      const began = performance.now()
      const { now } = await request(checkRoutes.time, {}, { signal: AbortSignal.timeout(patienceMs) })
      const took = performance.now() - began
      if (n > 0) trips.push({ took, offset: Date.parse(now) + took / 2 - Date.now() })
    }
  } catch (error) {
    if (trips.length === 0) return { reached: false, overdone: overdone(error) }
  }
  trips.sort((a, b) => a.took - b.took)
  const median = trips[Math.floor(trips.length / 2)]
  const fastest = trips[0]
  return {
    reached: true,
    medianMs: Math.round(median?.took ?? 0),
    trips: trips.length,
    offsetMs: Math.round(fastest?.offset ?? 0),
  }
}

const socketOrigin = () => location.origin.replace(/^http/, 'ws')

/** Opens a socket; `passes` when the server was heard over it. */
function probeSocket(path: string, heardWhen: 'opened' | 'told'): Promise<boolean> {
  return new Promise(resolve => {
    let socket: WebSocket
    const end = (passes: boolean) => {
      clearTimeout(timer)
      resolve(passes)
      socket?.close()
    }
    const timer = setTimeout(() => end(false), patienceMs)
    try {
      socket = new WebSocket(socketOrigin() + path)
    } catch {
      end(false)
      return
    }
    socket.onmessage = () => end(true)
    // Our own refusals carry a code of their own: then the server was reached all the same.
    socket.onclose = event => end(event.code >= 4_000)
    if (heardWhen === 'opened') socket.onopen = () => end(true)
  })
}

export const probeLive = () => probeSocket(`${socketPath}?EIO=4&transport=websocket`, 'told')

export const probeNotes = () => probeSocket(`${collabPath}00000000-0000-0000-0000-000000000000`, 'opened')

/** Whether the other way of live classes is open. */
export async function probePolling(): Promise<boolean> {
  try {
    const answer = await fetch(`${socketPath}?EIO=4&transport=polling`, { signal: AbortSignal.timeout(patienceMs) })
    return answer.ok && (await answer.text()).startsWith('0')
  } catch {
    return false
  }
}

/** How long a packet of known size takes; null when it does not come whole. */
export async function probePacket(): Promise<{ readonly ms: number; readonly megabits: number } | null> {
  const began = performance.now()
  try {
    const { filler } = await request(checkRoutes.packet, {}, { signal: AbortSignal.timeout(patienceMs) })
    const ms = Math.max(1, performance.now() - began)
    return filler.length === packetSize
      ? { ms: Math.round(ms), megabits: Math.round((packetSize * 8) / ms / 100) / 10 }
      : null
  } catch {
    return null
  }
}

/** Whether what waits to be sent can be kept on this device. */
export function probeStorage(): Promise<boolean> {
  return new Promise(resolve => {
    try {
      localStorage.setItem('lectern.check', '1')
      localStorage.removeItem('lectern.check')
      const name = 'lectern-check'
      const opening = indexedDB.open(name)
      opening.onerror = () => resolve(false)
      opening.onsuccess = () => {
        opening.result.close()
        indexedDB.deleteDatabase(name)
        resolve(true)
      }
      setTimeout(() => resolve(false), patienceMs)
    } catch {
      resolve(false)
    }
  })
}

export type Notices = 'missing' | 'possible' | 'allowed' | 'denied'

/** Whether the system's notices could be used; asks for nothing. */
export function probeNotices(): Notices {
  if (!isSecureContext || !('Notification' in window)) return 'missing'
  if (Notification.permission === 'granted') return 'allowed'
  return Notification.permission === 'denied' ? 'denied' : 'possible'
}

/** Whether pages can be kept to open without a network. */
export const probeInstall = (): boolean => isSecureContext && 'serviceWorker' in navigator
