// The choices of the palette in groups, for what was typed: asks the sources at once and the searches after a pause.

import { History } from 'lucide-preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { findRoute } from '#client/app/routes.tsx'
import { t } from '#client/platform/texts.ts'
import { addressChoice } from './frame-choices.ts'
import { matching } from './match.ts'
import { recentPlaces } from './recent.ts'
import { type PaletteChoice, type PaletteWhere, paletteMore, paletteSearches, paletteSources } from './registry.ts'

/** How long nothing is typed before the server is asked, in milliseconds. */
const pauseMs = 180
/** Fewer letters fit too much to be worth asking for. */
const fewestLetters = 2
const mostInGroup = 8

export interface Group {
  readonly id: 'recent' | 'go' | 'found' | 'act' | 'more'
  readonly title: string
  readonly choices: readonly PaletteChoice[]
}

export interface Choices {
  readonly groups: readonly Group[]
  readonly searching: boolean
  readonly failed: boolean
  readonly again: () => void
}

// One thing is listed once, by whichever of its names it was found first.
function fresh(known: Set<string>, one: PaletteChoice): boolean {
  const address = 'go' in one.does ? one.does.go : one.key
  if (known.has(one.key) || known.has(address)) return false
  known.add(address)
  return true
}

/** Where an address is. */
export const whereIs = (path: string): PaletteWhere => ({ path, courseId: findRoute(path)?.params.courseId })

type Search = { readonly typed: string; readonly found: readonly PaletteChoice[]; readonly failed: boolean }

/** Follows `typed`. What was found for earlier letters stays until the next answer, as far as it still fits. */
export function useChoices(typed: string, where: PaletteWhere): Choices {
  const words = typed.trim()
  const asks = words.length >= fewestLetters && !words.startsWith('/')
  const [search, setSearch] = useState<Search>({ typed: '', found: [], failed: false })
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    if (!asks) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      Promise.all(paletteSearches().map(one => one(words, where, stop.signal))).then(
        answers => {
          if (!stop.signal.aborted) setSearch({ typed: words, found: answers.flat(), failed: false })
        },
        () => {
          if (!stop.signal.aborted) setSearch({ typed: words, found: [], failed: true })
        },
      )
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [words, asks, turn])

  useEffect(() => {
    for (const source of paletteSources()) source.opened?.(where)
  }, [])

  const personId = person.value?.id
  const recent = useMemo(
    () =>
      (personId === undefined ? [] : recentPlaces(personId)).map(
        (one): PaletteChoice => ({
          key: one.key,
          label: one.label,
          detail: one.detail,
          icon: History,
          does: { go: one.path },
        }),
      ),
    [personId],
  )

  const listed = (group: 'go' | 'act') =>
    paletteSources()
      .filter(source => source.group === group)
      .flatMap(source => source.list(where))
  const address = addressChoice(words)
  const go = [...(address ? [address] : []), ...matching(listed('go'), words)]
  const known = new Set(go.map(one => one.key))
  const answered = search.typed === words
  const found = !asks ? [] : (answered ? search.found : matching(search.found, words)).filter(one => fresh(known, one))
  const act = matching(listed('act'), words)
  const groups: Group[] = [
    { id: 'recent', title: t('palette.recent'), choices: words === '' ? recent : [] },
    { id: 'go', title: t('palette.go'), choices: words === '' ? go : go.slice(0, mostInGroup) },
    { id: 'found', title: t('palette.found'), choices: found },
    { id: 'act', title: t('palette.act'), choices: words === '' ? act : act.slice(0, mostInGroup) },
    { id: 'more', title: t('palette.more'), choices: asks ? paletteMore(words) : [] },
  ]
  return {
    groups: groups.filter(group => group.choices.length > 0),
    searching: asks && !answered,
    failed: asks && answered && search.failed,
    again: () => {
      setSearch({ typed: '', found: [], failed: false })
      setTurn(turn + 1)
    },
  }
}
