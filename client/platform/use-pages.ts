// A component's hold on a list that is read a page at a time: the first when shown and when the question changes, the next
// ones when the reader asks for more.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'

/** A page as the server answers it. */
interface PageRead<Row> {
  readonly items: readonly Row[]
  readonly next?: string | undefined
}

export interface Pages<Page extends PageRead<unknown>> {
  /** What was read so far; undefined until the first answer. Kept while another question is answered. */
  readonly rows: readonly Page['items'][number][] | undefined
  /** The first page, for what it tells beside its rows; as new as they are. */
  readonly first: Page | undefined
  /** Why the latest reading failed. */
  readonly problem: ClientProblem | undefined
  /** Reads again as many rows as are in sight: whoever reads further down keeps their place. */
  readonly reload: () => void
  /** Reads the next page; undefined when there is none. */
  readonly more: (() => void) | undefined
  readonly busy: boolean
}

/**
 * Reads pages of what `key` stands for; a null key reads nothing yet. `load` answers the page after a cursor, the first without
 * one. `wanted` is how many rows were in sight and are still to be read again, 0 for a page that is new: whoever may ask for
 * longer pages then spares requests.
 */
export function usePages<Page extends PageRead<unknown>>(
  key: string | null,
  load: (after: string | undefined, wanted: number) => Promise<Page>,
): Pages<Page> {
  const inSight = useRef(0)
  const loaded = useLoad(key, async () => {
    const wanted = inSight.current
    const first = await load(undefined, wanted)
    const rows = [...first.items]
    let { next } = first
    while (next !== undefined && rows.length < wanted) {
      const page = await load(next, wanted - rows.length)
      rows.push(...page.items)
      next = page.next
    }
    return { first, rows, next }
  })
  const read = useKept(loaded)
  const [others, setOthers] = useState<{
    readonly of: unknown
    readonly rows: Page['items']
    readonly next: string | undefined
  }>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ClientProblem>()
  // What was read on demand goes on from what was read before it.
  const mine = others?.of === read ? others : undefined
  const next = mine ? mine.next : read?.next
  useEffect(() => setProblem(undefined), [read])
  const rows = useMemo(() => read && [...read.rows, ...(mine?.rows ?? [])], [read, mine])
  // Rows of another question are still shown while this one is answered, and say nothing of how much of it is wanted.
  inSight.current = loaded.value && rows ? rows.length : 0

  const readMore = async (after: string) => {
    setBusy(true)
    try {
      const page = await load(after, 0)
      setOthers({ of: read, rows: [...(mine?.rows ?? []), ...page.items], next: page.next })
      setProblem(undefined)
    } catch (error) {
      setProblem(error instanceof ClientProblem ? error : new ClientProblem('internal'))
    } finally {
      setBusy(false)
    }
  }
  return {
    rows,
    first: read?.first,
    problem: loaded.problem ?? problem,
    reload: loaded.reload,
    more: next === undefined ? undefined : () => void readMore(next),
    busy,
  }
}
