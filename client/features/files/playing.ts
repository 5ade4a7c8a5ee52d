// What this device remembers of sound and film: the reader's speed, and where each was left.

const speedKey = 'lectern:speed'
const placeKey = (fileId: string) => `lectern:place:${fileId}`

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    // Nothing is kept here then: it plays at its own speed from the beginning.
    return null
  }
}

function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // As above.
  }
}

export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const

/** How fast the reader likes it, everywhere. */
export function keptSpeed(): number {
  const kept = Number(read(speedKey))
  return (speeds as readonly number[]).includes(kept) ? kept : 1
}

export const keepSpeed = (speed: number): void => keep(speedKey, String(speed))

/** Where to go on, in seconds; 0 at the beginning. */
export function keptPlace(fileId: string): number {
  const kept = Number(read(placeKey(fileId)))
  return Number.isFinite(kept) && kept > 0 ? kept : 0
}

/** Near the beginning and near the end there is nothing to go on with. */
export function keepPlace(fileId: string, seconds: number, length: number): void {
  const worth = seconds > 5 && !(seconds > length - 10)
  keep(placeKey(fileId), worth ? String(Math.floor(seconds)) : null)
}
