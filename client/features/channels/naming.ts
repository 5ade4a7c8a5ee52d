// Naming people while writing: who fits what stands after the @, and who of those picked is still in the text.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChannelPerson } from '#protocol/channels.ts'
import { nameBeingTyped } from './words.ts'

/** Asks for people by the beginning of a name. */
export type FindPeople = (q: string) => Promise<readonly ChannelPerson[]>

/** How long typing rests before the server is asked, in milliseconds. */
const restMs = 120

export interface Naming {
  readonly people: readonly ChannelPerson[]
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
  const typed = find && nameBeingTyped(text, caret)
  const q = typed?.q
  const [people, setPeople] = useState<readonly ChannelPerson[]>([])
  const [at, setAt] = useState(0)
  const [closed, setClosed] = useState('')
  const picked = useRef(new Map<string, ChannelPerson>())

  useEffect(() => {
    if (q === undefined || !find) {
      setPeople([])
      setClosed('')
      return
    }
    let late = false
    const timer = setTimeout(() => {
      find(q).then(
        found => {
          if (late) return
          setPeople(found)
          setAt(0)
        },
        () => undefined,
      )
    }, restMs)
    return () => {
      late = true
      clearTimeout(timer)
    }
  }, [q, find])

  const shown = typed && closed !== `${typed.from}` ? people : []
  return {
    people: shown,
    at: Math.min(at, Math.max(0, shown.length - 1)),
    move: by => setAt(now => (now + by + shown.length) % Math.max(1, shown.length)),
    close: () => setClosed(`${typed?.from}`),
    put: (person, now, caretNow) => {
      const from = nameBeingTyped(now, caretNow)?.from ?? caretNow
      picked.current.set(person.id, person)
      setPeople([])
      const before = `${now.slice(0, from)}@${person.name} `
      return { text: before + now.slice(caretNow).replace(/^ /, ''), caret: before.length }
    },
    namedIn: now => [...picked.current.values()].filter(one => now.includes(`@${one.name}`)).map(one => one.id),
  }
}
