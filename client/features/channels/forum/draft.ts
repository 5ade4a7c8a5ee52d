// Text that is being written, kept on this device until it is sent or thrown away: one draft a person and place.
import { useEffect, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'

const keyOf = (place: string): string => `lectern-draft ${person.peek()?.id ?? ''} ${place}`

function keptDraft(place: string): string {
  try {
    return localStorage.getItem(keyOf(place)) ?? ''
  } catch {
    return ''
  }
}

function keepDraft(place: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(keyOf(place))
    else localStorage.setItem(keyOf(place), text)
  } catch {
    // No storage: the draft lives as long as the page.
  }
}

/** A text with its setter, as it was left at this place. Setting it to nothing forgets it. */
export function useDraft(place: string): readonly [string, (text: string) => void] {
  const [held, setHeld] = useState({ place, text: keptDraft(place) })
  useEffect(() => {
    if (held.place !== place) setHeld({ place, text: keptDraft(place) })
  }, [place])
  return [
    held.place === place ? held.text : '',
    text => {
      setHeld({ place, text })
      keepDraft(place, text)
    },
  ]
}
