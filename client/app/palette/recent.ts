// What somebody chose of late, kept on this device under their id: the next one to sign in here sees none of it.
// Only places are kept, never an act.
import * as z from 'zod/mini'

const place = z.object({ key: z.string(), label: z.string(), detail: z.optional(z.string()), path: z.string() })
export type RecentPlace = z.infer<typeof place>

const kept = z.object({ personId: z.string(), places: z.array(place) })

const storageKey = 'lectern.recent'
const most = 6

/** The latest first; those of another person are forgotten. */
export function recentPlaces(personId: string): RecentPlace[] {
  try {
    const read = z.safeParse(kept, JSON.parse(localStorage.getItem(storageKey) ?? 'null'))
    if (read.success && read.data.personId === personId) return read.data.places
    localStorage.removeItem(storageKey)
  } catch {
    // A device that keeps nothing offers nothing.
  }
  return []
}

/** Puts a place first. */
export function rememberPlace(personId: string, chosen: RecentPlace): void {
  const places = [chosen, ...recentPlaces(personId).filter(one => one.key !== chosen.key)].slice(0, most)
  try {
    localStorage.setItem(storageKey, JSON.stringify({ personId, places }))
  } catch {
    // It is a convenience: without storage it is not had.
  }
}

/** After signing out. */
export function forgetPlaces(): void {
  try {
    localStorage.removeItem(storageKey)
  } catch {
    // Nothing was kept either.
  }
}
