// What holds for lessons: where choices lead, which pages keep a learner from the end, and what a step makes of the way they
// came. Pure.
import type { LessonChoice, LessonPageId, LessonTarget, LessonWarning } from '#protocol/lessons.ts'

/** A page as far as it leads anywhere; pages stand in the order of their lesson. */
export interface Leading {
  readonly id: LessonPageId
  readonly choices: readonly LessonChoice[]
}

/** Where a choice of a page leads: a page, the end, or `gone` for a page that is not there. */
export function leadsTo(
  pages: readonly Leading[],
  from: LessonPageId,
  to: LessonTarget,
): LessonPageId | 'end' | 'gone' {
  if (to === 'end') return 'end'
  if (to === 'next') return pages[pages.findIndex(one => one.id === from) + 1]?.id ?? 'end'
  return pages.some(one => one.id === to) ? to : 'gone'
}

/** The choices of a page that lead anywhere. */
export const openChoices = (pages: readonly Leading[], page: Leading): LessonChoice[] =>
  page.choices.filter(one => leadsTo(pages, page.id, one.to) !== 'gone')

type Edges = ReadonlyMap<LessonPageId, readonly (LessonPageId | 'end')[]>

const edgesOf = (pages: readonly Leading[]): Edges =>
  new Map(
    pages.map(page => [
      page.id,
      page.choices.flatMap(({ to }) => {
        const target = leadsTo(pages, page.id, to)
        return target === 'gone' ? [] : [target]
      }),
    ]),
  )

/** Pages that can be come to from the first one, by choices. */
function reachedIn(pages: readonly Leading[], edges: Edges): ReadonlySet<LessonPageId> {
  const reached = new Set(pages.slice(0, 1).map(one => one.id))
  for (const id of reached) for (const to of edges.get(id) ?? []) if (to !== 'end') reached.add(to)
  return reached
}

/** Pages from which the end can be come to. Circles are as good as any way while one of them leads out. */
function endingIn(edges: Edges): ReadonlySet<LessonPageId> {
  const ending = new Set<LessonPageId>()
  for (let before = -1; before < ending.size; ) {
    before = ending.size
    for (const [id, all] of edges) if (all.some(to => to === 'end' || ending.has(to))) ending.add(id)
  }
  return ending
}

interface Lesson {
  readonly anyOrder: boolean
}

/** What is wrong with the pages of a lesson, page by page in its order. */
export function warningsIn({ anyOrder }: Lesson, pages: readonly Leading[]): LessonWarning[] {
  const edges = edgesOf(pages)
  const reached = reachedIn(pages, edges)
  const ending = endingIn(edges)
  return pages.flatMap(({ id: pageId, choices }): LessonWarning[] => {
    const shut = (edges.get(pageId) ?? []).length === 0
    return [
      ...(anyOrder || reached.has(pageId) ? [] : [{ pageId, what: 'unreached' as const, choiceId: null }]),
      ...(shut ? [{ pageId, what: 'no-way-out' as const, choiceId: null }] : []),
      ...(shut || ending.has(pageId) ? [] : [{ pageId, what: 'traps' as const, choiceId: null }]),
      ...choices
        .filter(one => leadsTo(pages, pageId, one.to) === 'gone')
        .map(one => ({ pageId, what: 'gone' as const, choiceId: one.id })),
    ]
  })
}

/** Pages a learner can come to and not get from to the end; in a lesson without them nobody is caught. */
export function trapsIn({ anyOrder }: Lesson, pages: readonly Leading[]): LessonPageId[] {
  const edges = edgesOf(pages)
  const reached = reachedIn(pages, edges)
  const ending = endingIn(edges)
  return pages.map(one => one.id).filter(id => (anyOrder || reached.has(id)) && !ending.has(id))
}

/** Whether its pages simply follow each other. */
export const isBook = (pages: readonly Leading[]): boolean =>
  pages.every(({ id, choices: [only, ...others] }, at) => {
    if (!only || others.length > 0) return false
    return leadsTo(pages, id, only.to) === (pages[at + 1]?.id ?? 'end')
  })

/** Pages of the way somebody came that are kept; of a longer one, the latest. */
const longestPath = 500

type Path = readonly LessonPageId[]

/**
 * The way after a step onto a page, taken on `from`. Another device may have gone on meanwhile: the way then forks off
 * where `from` stood in it last, or begins anew there.
 */
export function pathOnto(path: Path, from: LessonPageId, to: LessonPageId | null): LessonPageId[] {
  const at = path.lastIndexOf(from)
  const way = at < 0 ? [...path, from] : path.slice(0, at + 1)
  return [...way, ...(to === null ? [] : [to])].slice(-longestPath)
}

const standing = (path: Path, pages: readonly Leading[]): LessonPageId[] => {
  const there = new Set(pages.map(one => one.id))
  return path.filter(id => there.has(id))
}

/** Where somebody is taken whose page was taken out: the last they came by that is there, else the first; null for no page. */
export const nearestOn = (path: Path, pages: readonly Leading[]): LessonPageId | null =>
  standing(path, pages).at(-1) ?? pages[0]?.id ?? null

/** The way they came up to where they are, without what was taken out since; all of it at the end. */
export function wayTo(path: Path, page: LessonPageId | null, pages: readonly Leading[]): LessonPageId[] {
  if (page === null) return standing(path, pages)
  const at = path.lastIndexOf(page)
  return at < 0 ? [page] : standing(path.slice(0, at + 1), pages)
}

/** The way after a step back; undefined where there is nothing behind them. From the end it leads to the page before it. */
export function pathBack(path: Path, page: LessonPageId | null, pages: readonly Leading[]): LessonPageId[] | undefined {
  const way = wayTo(path, page, pages)
  const before = page === null ? way : way.slice(0, -1)
  return before.length > 0 ? before : undefined
}
