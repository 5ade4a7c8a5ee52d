// Naming people while writing: who fits what stands after the @, and who of those picked is still in the text.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChannelPerson } from '#protocol/channels.ts'
import { nameBeingTyped, nameFits } from './words.ts'

/** Asks for people by the beginning of a name. */
export type FindPeople = (q: string) => Promise<readonly ChannelPerson[]>

/** How long typing rests before the server is asked, in milliseconds. */
const restMs = 120

/** After so long an answer is not waited for any more, in milliseconds. */
const patienceMs = 1_500

export interface Naming {
  readonly people: readonly ChannelPerson[]
  /** A name is being typed, and who it may be is not known yet: a key that takes one waits. */
  readonly pending: boolean
  /** The one that Enter takes. */
  readonly at: number
  move(by: 1 | -1): void
  close(): void
  /** The text with a name put in, and where the caret belongs. */
  put(person: ChannelPerson, text: string, caret: number): { readonly text: string; readonly caret: number }
  /** Ids of those whose names stand in a text. */
  namedIn(text: string): string[]
}

/**
 * Puts a text and the caret into a line at once: whoever types on before the next frame types behind the name. The state
 * the line is drawn from is to be set to the same text.
 */
export function writeInto(line: HTMLTextAreaElement | null, { text, caret }: { text: string; caret: number }): void {
  if (!line) return
  line.value = text
  line.setSelectionRange(caret, caret)
}

/** Follows a line to write in. */
export function useNaming(text: string, caret: number, find: FindPeople | undefined): Naming {
  const picked = useRef(new Map<string, ChannelPerson>())
  const word = find && nameBeingTyped(text, caret)
  // What follows a name that was picked is no name.
  const typed = word && [...picked.current.values()].some(one => word.q.startsWith(`${one.name} `)) ? undefined : word
  const q = typed?.q
  const [known, setKnown] = useState<{ q: string; people: readonly ChannelPerson[] } | undefined>(undefined)
  const [at, setAt] = useState(0)
  const [closed, setClosed] = useState('')

  useEffect(() => {
    if (q === undefined || !find) {
      setKnown(undefined)
      setClosed('')
      return
    }
    let late = false
    const take = (people: readonly ChannelPerson[]) => {
      if (late) return
      setKnown({ q, people })
      setAt(0)
    }
    const timer = setTimeout(() => find(q).then(take, () => take([])), restMs)
    const patience = setTimeout(() => setKnown(now => (now?.q === q ? now : { q, people: [] })), patienceMs)
    return () => {
      late = true
      clearTimeout(timer)
      clearTimeout(patience)
    }
  }, [q, find])

  const open = typed !== undefined && closed !== `${typed.from}`
  // Those found for less of the name stay while they fit what is typed now.
  const shown = open && known ? known.people.filter(one => known.q === q || nameFits(one.name, typed.q)) : []
  return {
    people: shown,
    pending: open && known?.q !== q,
    at: Math.min(at, Math.max(0, shown.length - 1)),
    move: by => setAt(now => (now + by + shown.length) % Math.max(1, shown.length)),
    close: () => setClosed(`${typed?.from}`),
    put: (person, now, caretNow) => {
      const from = nameBeingTyped(now, caretNow)?.from ?? caretNow
      picked.current.set(person.id, person)
      setKnown(undefined)
      const before = `${now.slice(0, from)}@${person.name} `
      return { text: before + now.slice(caretNow).replace(/^ /, ''), caret: before.length }
    },
    namedIn: now => [...picked.current.values()].filter(one => now.includes(`@${one.name}`)).map(one => one.id),
  }
}
