// What somebody has begun to write and not sent, kept on this device by account and place until it is sent or thrown away: there
// again after a reload, and when an account that was shut opens again. It must never be shown to another account.
import { useEffect, useState } from 'preact/hooks'
import { writesWaitMs } from '#protocol/base/call.ts'
import { previewed } from './preview.ts'
import { writer } from './writer.ts'

const prefix = 'lectern-draft'

interface Kept {
  /** Milliseconds since 1970 when it was written last. */
  readonly at: number
  readonly words: unknown
}

const swept = { yet: false }

/** Lets go of what waited as long as a write may: nobody comes back for it. */
function sweep(): void {
  swept.yet = true
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${prefix} `) && Date.now() - (read(key)?.at ?? 0) > writesWaitMs) localStorage.removeItem(key)
  }
}

function read(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Kept> | null
    return kept && typeof kept.at === 'number' ? { at: kept.at, words: kept.words } : undefined
  } catch {
    return undefined
  }
}

/** Where it is kept; undefined where it is nobody's, and in a preview, which writes nothing. */
function keyOf(place: string): string | undefined {
  const account = previewed ? null : writer()
  return account === null ? undefined : `${prefix} ${account} ${place}`
}

/** What was begun at this place by whoever is signed in, as it was given to `keepDraft`; undefined for nothing. */
export function findDraft(place: string): unknown {
  try {
    if (!swept.yet) sweep()
    const key = keyOf(place)
    return key === undefined ? undefined : read(key)?.words
  } catch {
    return undefined
  }
}

/** Keeps what was begun; nothing, or an empty text, forgets it. A full or closed store loses nothing that was saved. */
export function keepDraft(place: string, words: unknown): void {
  const key = keyOf(place)
  if (key === undefined) return
  try {
    if (words === undefined || words === '') localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), words } satisfies Kept))
  } catch {
    // No storage: the draft lives as long as the page.
  }
}

const textAt = (place: string | undefined): string => {
  const words = place === undefined ? undefined : findDraft(place)
  return typeof words === 'string' ? words : ''
}

/**
 * A text with its setter, as it was left at this place. Setting it to nothing forgets it. Without a place it lives as long as its
 * page, and begins with `first`.
 */
export function useDraft(place: string | undefined, first = ''): readonly [string, (text: string) => void] {
  const [held, setHeld] = useState({ place, text: textAt(place) || first })
  useEffect(() => {
    if (held.place !== place) setHeld({ place, text: textAt(place) })
  }, [place])
  return [
    held.place === place ? held.text : '',
    text => {
      setHeld({ place, text })
      if (place !== undefined) keepDraft(place, text)
    },
  ]
}
