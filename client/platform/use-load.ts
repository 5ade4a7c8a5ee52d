// A component's hold on something read over HTTP: loaded when shown, read again when asked, kept while it is.
import { createContext } from 'preact'
import { useCallback, useContext, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'

export interface Loaded<T> {
  /** Undefined until the first answer; kept while it is read again. */
  readonly value: T | undefined
  /** Why the latest reading failed. */
  readonly problem: ClientProblem | undefined
  readonly loading: boolean
  readonly reload: () => void
}

/** Whether its first answer has come, be it a refusal. */
export const answered = ({ value, problem }: Pick<Loaded<unknown>, 'value' | 'problem'>): boolean =>
  value !== undefined || problem !== undefined

/** Counts what is read for the first time, for a part of a page that comes as one. */
export interface FirstLoads {
  /** One begins; answers how it ends. */
  begin(): () => void
}

export const FirstLoadsContext = createContext<FirstLoads | undefined>(undefined)

interface Held<T> {
  readonly key: string
  readonly value?: T
  readonly problem?: ClientProblem
  readonly loading: boolean
}

/** Loads when `key` changes; a null key loads nothing yet. What belongs to an earlier key is never shown. */
export function useLoad<T>(key: string | null, load: () => Promise<T>): Loaded<T> {
  const [held, setHeld] = useState<Held<T>>({ key: '', loading: true })
  const latest = useRef(load)
  latest.current = load
  const turn = useRef(0)
  const wanted = useRef<string | null>(null)

  const read = useCallback(() => {
    if (key === null) return
    const mine = ++turn.current
    setHeld(before => (before.key === key ? { ...before, loading: true } : { key, loading: true }))
    latest.current().then(
      value => {
        if (mine === turn.current) setHeld({ key, value, loading: false })
        // It was asked anew meanwhile: what came first is shown until that has come, if nothing is yet.
        else if (key === wanted.current)
          setHeld(before => (before.key === key && 'value' in before ? before : { key, value, loading: true }))
      },
      (error: unknown) => {
        const problem = error instanceof ClientProblem ? error : new ClientProblem('internal')
        if (mine === turn.current)
          setHeld(before => ({ ...(before.key === key ? before : { key }), problem, loading: false }))
      },
    )
  }, [key])

  useEffect(() => {
    wanted.current = key
    read()
    return () => {
      wanted.current = null
      turn.current += 1
    }
  }, [read])

  const mine = held.key === key
  const waits = key !== null && !(mine && ('value' in held || held.problem))
  useFirstLoad(waits)
  return {
    value: mine ? held.value : undefined,
    problem: mine ? held.problem : undefined,
    loading: mine ? held.loading : true,
    reload: read,
  }
}

/** Begins before it is drawn and ends after that, so that what an answer brings, which reads in its turn, is counted without a gap. */
function useFirstLoad(waits: boolean): void {
  const loads = useContext(FirstLoadsContext)
  const end = useRef<(() => void) | undefined>(undefined)
  useLayoutEffect(() => {
    if (waits) end.current ??= loads?.begin()
  }, [waits])
  useEffect(() => {
    if (waits) return
    end.current?.()
    end.current = undefined
  }, [waits])
  useEffect(
    () => () => {
      end.current?.()
      end.current = undefined
    },
    [],
  )
}

/** Reads anew each time `turn` becomes another, also while the first answer is on its way: that may be too old already. */
export function useReload({ reload }: Pick<Loaded<unknown>, 'reload'>, turn: string | number): void {
  const known = useRef(turn)
  useEffect(() => {
    if (known.current === turn) return
    known.current = turn
    reload()
  }, [turn])
}

/** What was read last, while what is read now has not come: for lists whose question changes as people type. */
export function useKept<T>(loaded: Loaded<T>): T | undefined {
  const [kept, setKept] = useState(loaded.value)
  if (loaded.value && loaded.value !== kept) setKept(loaded.value)
  return loaded.value ?? kept
}
