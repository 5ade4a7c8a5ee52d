// The word cloud: what people send is folded, counted and, where hosts say so, hidden, merged or held back. Nobody's name
// is near a word, and what is hidden reaches hosts alone.
import type * as z from 'zod/mini'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { isModerate, type Phase, type Tally } from '#protocol/activities/staged.ts'
import { wordCloud as wire } from '#protocol/activities/word-cloud.ts'
import { isStopWord, longestWord, wordMark } from '#protocol/activities/words.ts'
import type { Counted } from '#protocol/question-types/question-type.ts'
import { mostCounted, tidyLine } from '#protocol/question-types/typed.ts'
import type { Kind, Shared } from './kind.ts'
import { decidedOf, isBanned, mergedInto, moderate, moderationOf } from './moderated.ts'
import * as staged from './staged.ts'

type Settings = z.output<typeof wire.settings>

const wordsOf = (move: ActivityMove): readonly string[] => ('words' in move ? move.words : [])

/** Whether these are words one may send: as many as may be, each to be seen, none twice. */
function fits({ words: most }: Settings, move: ActivityMove): boolean {
  const words = wordsOf(move).map(tidyLine)
  const marks = words.map(wordMark)
  return (
    words.length > 0 &&
    words.length <= most &&
    words.every(word => word.length <= longestWord) &&
    marks.every(mark => mark !== '') &&
    new Set(marks).size === marks.length
  )
}

/** How an item's word stands: seen by everybody, waiting for a host, or hidden. */
function standOf(settings: Settings, shared: Shared, itemId: string): (mark: string) => 'seen' | 'waits' | 'hidden' {
  const { shown, hidden } = decidedOf(shared, itemId)
  const out = new Set(hidden)
  const letIn = new Set(shown.map(one => one.mark))
  const banned = shared.banned ?? []
  return mark => {
    if (out.has(mark) || isBanned(banned, mark)) return 'hidden'
    return !settings.moderated || letIn.has(mark) ? 'seen' : 'waits'
  }
}

interface Group {
  readonly label: string
  readonly times: number
  readonly seen: boolean
  readonly hidden: boolean
}

const byTimes = (a: readonly [string, number], b: readonly [string, number]): number =>
  b[1] - a[1] || (a[0] < b[0] ? -1 : 1)

/** Every word by what it folds to, called by its most frequent spelling, the frequent ones first. */
function groupsOf(
  settings: Settings,
  shared: Shared,
  itemId: string,
  given: readonly Counted<ActivityMove>[],
): Group[] {
  const decided = decidedOf(shared, itemId)
  const stand = standOf(settings, shared, itemId)
  const groups = new Map<string, Map<string, number>>()
  for (const { answer, times } of given)
    for (const typed of wordsOf(answer)) {
      const word = tidyLine(typed)
      const own = wordMark(word)
      if (own === '' || isStopWord(settings.stopList, own)) continue
      const mark = mergedInto(decided, own)
      const spellings = groups.get(mark) ?? new Map<string, number>()
      groups.set(mark, spellings)
      // A merged word counts and gives no name.
      const name = own === mark ? word : ''
      spellings.set(name, (spellings.get(name) ?? 0) + times)
    }
  return [...groups]
    .map(([mark, spellings]) => {
      // Of spellings that came equally often the one in small letters, which stands last.
      const [label = mark] =
        [...spellings].filter(([name]) => name !== '').sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1))[0] ?? []
      const times = [...spellings.values()].reduce((sum, one) => sum + one, 0)
      return { label, times, seen: stand(mark) === 'seen', hidden: stand(mark) === 'hidden' }
    })
    .sort((a, b) => byTimes([a.label, a.times], [b.label, b.times]))
}

/** Every word for hosts: what is seen and what waits each as many as travel, what is hidden last. */
const tally: Kind['tally'] = (settings, { id }, shared, given): Tally => {
  const groups = groupsOf(settings as Settings, shared, id, given)
  const seen = groups.filter(one => one.seen)
  const waits = groups.filter(one => !one.seen && !one.hidden)
  const kept = [...seen.slice(0, mostCounted), ...[...waits, ...groups.filter(one => one.hidden)].slice(0, mostCounted)]
  const others = groups.length - kept.length
  return {
    answered: staged.answeredBy(given),
    counts: Object.fromEntries(kept.map(one => [one.label, one.times])),
    ...(others > 0 ? { others } : {}),
  }
}

/** What of a tally everybody may see. */
function seenOf(settings: Settings, shared: Shared, itemId: string, { answered, counts, others }: Tally): Tally {
  const stand = standOf(settings, shared, itemId)
  const seen = Object.entries(counts).filter(([label]) => stand(wordMark(label)) === 'seen')
  // How many wait for a host is nobody else's business.
  return { answered, counts: Object.fromEntries(seen), ...(others && !settings.moderated ? { others } : {}) }
}

const running: readonly Phase[] = ['open', 'paused', 'closing', 'closed']

/** What everybody may see while answers come, by the settings. */
const shownLive: NonNullable<Kind['shownLive']> = (given, shared, itemId, now) => {
  const settings = given as Settings
  if (settings.show !== 'live' || now.answered < settings.atLeast || now.answered === 0) return null
  return seenOf(settings, shared, itemId, now)
}

function resultOf(settings: Settings, shared: Shared): { tally: Tally } | null {
  const { itemId, phase } = shared
  const kept = itemId === null ? undefined : shared.tallies[itemId]
  if (itemId === null || !kept) return phase === 'revealed' ? { tally: staged.noAnswers } : null
  if (phase === 'revealed') return { tally: seenOf(settings, shared, itemId, kept) }
  const live = running.includes(phase) ? shownLive(settings, shared, itemId, kept) : null
  return live && { tally: live }
}

export const wordCloud: Kind = {
  kind: wire.kind as 'word-cloud',
  start: staged.start,
  steer: (plan, shared, wanted, now, extraMs) =>
    isModerate(wanted) ? moderate(plan, shared, wanted) : staged.steer(plan, shared, wanted, now, extraMs),
  dueAt: staged.dueAt,
  advance: staged.advance,
  window: staged.windowOf,
  act: act => staged.decide(act, { fits: fits(act.settings as Settings, act.move), again: 'may change' }),
  counts: () => 'last',
  scored: () => false,
  score: () => null,
  counted: 'moves',
  tally,
  shownLive,
  view: (plan, shared) => ({
    kind: 'word-cloud',
    ...staged.stagedView(plan, shared),
    mayChange: true,
    words: (plan.settings as Settings).words,
    result: resultOf(plan.settings as Settings, shared),
  }),
  hostView: (plan, shared) => {
    const kept = staged.tallyIn(shared, staged.resultPhases.hosts)
    return {
      kind: 'word-cloud',
      ...staged.stagedView(plan, shared),
      mayChange: true,
      words: (plan.settings as Settings).words,
      moderated: (plan.settings as Settings).moderated,
      moderation: moderationOf(shared, shared.itemId),
      result: kept && { tally: kept },
      plan: staged.askedPlan(plan, shared),
    }
  },
}
