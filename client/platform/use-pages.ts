// A component's hold on a list that is read a page at a time: the first when shown and when the question changes, the next
// ones when the reader asks for more.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'

/** A page as the server answers it. */
interface PageRead<Row> {
  readonly items: readonly Row[]
  readonly next?: string | undefined
}

export interface Pages<Row> {
  /** What was read so far; undefined until the first answer. Kept while another question is answered. */
  readonly rows: readonly Row[] | undefined
  /** Why the latest reading failed. */
  readonly problem: ClientProblem | undefined
  /** Reads the first page again, and forgets the others. */
  readonly reload: () => void
  /** Reads the next page; undefined when there is none. */
  readonly more: (() => void) | undefined
  readonly busy: boolean
}

/** Reads pages of what `key` stands for; `load` answers the page after a cursor, the first without one. A null key reads nothing yet. */
export function usePages<Row>(
  key: string | null,
  load: (after: string | undefined) => Promise<PageRead<Row>>,
): Pages<Row> {
  const loaded = useLoad(key, () => load(undefined))
  const first = useKept(loaded)
  const [others, setOthers] = useState<{
    readonly of: unknown
    readonly rows: readonly Row[]
    readonly next: string | undefined
  }>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ClientProblem>()
  // What was read beyond the first page belongs to it.
  const mine = others?.of === first ? others : undefined
  const next = mine ? mine.next : first?.next
  useEffect(() => setProblem(undefined), [first])
  const rows = useMemo(() => first && [...first.items, ...(mine?.rows ?? [])], [first, mine])

  const readMore = async (after: string) => {
    setBusy(true)
    try {
      const page = await load(after)
      setOthers({ of: first, rows: [...(mine?.rows ?? []), ...page.items], next: page.next })
      setProblem(undefined)
    } catch (error) {
      setProblem(error instanceof ClientProblem ? error : new ClientProblem('internal'))
    } finally {
      setBusy(false)
    }
  }
  return {
    rows,
    problem: loaded.problem ?? problem,
    reload: loaded.reload,
    more: next === undefined ? undefined : () => void readMore(next),
    busy,
  }
}
