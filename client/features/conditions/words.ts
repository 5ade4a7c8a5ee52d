// Releases and locks as sentences in the reader's language. Dates stand in the time zone of the course.
import { locale, type PlainTextKey, t } from '#client/platform/texts.ts'
import { dayIn } from '#protocol/base/days.ts'
import {
  type Condition,
  type ConditionNode,
  type ConditionTarget,
  type GroupOp,
  isGroup,
  targetOf,
} from '#protocol/conditions.ts'

/** What sentences are made with: the time zone of the course, and the names of what conditions are about. */
export interface Speech {
  readonly zone: string
  readonly targets: ReadonlyMap<string, ConditionTarget>
}

/** A moment in a zone in few words: "3 Nov, 08:00 CET"; with its year where it is not this one. */
export const shortMoment = (zone: string, iso: string): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    ...(dayIn(zone, Date.parse(iso)).slice(0, 4) === dayIn(zone, Date.now()).slice(0, 4) ? {} : { year: 'numeric' }),
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(new Date(iso))

/** How a condition of one kind reads; `title` names what it is about. */
export type ConditionWords = (condition: Condition, title: string, zone: string) => string

const words = new Map<Condition['kind'], ConditionWords>()

/** Says how conditions of a kind read. Called once, when a feature starts. */
export const registerConditionWords = <K extends Condition['kind']>(
  kind: K,
  say: (condition: Extract<Condition, { kind: K }>, title: string, zone: string) => string,
): void => {
  words.set(kind, say as ConditionWords)
}

registerConditionWords('date', ({ is, at }, _title, zone) =>
  t(is === 'from' ? 'conditions.saysFrom' : 'conditions.saysUntil', { when: shortMoment(zone, at) }),
)
registerConditionWords('completion', ({ is }, title) =>
  t(is === 'done' ? 'conditions.saysDone' : 'conditions.saysNotDone', { title }),
)
registerConditionWords('score', ({ percent, below }, title) => {
  if (below === undefined) return t('conditions.saysScore', { percent: percent ?? 0, title })
  if (percent === undefined) return t('conditions.saysScoreBelow', { below, title })
  return t('conditions.saysScoreRange', { percent, below, title })
})
registerConditionWords('module', (_one, title) => t('conditions.saysModule', { title }))
registerConditionWords('profile', ({ is, value }, field) =>
  t(is === 'equals' ? 'conditions.saysEqual' : 'conditions.saysContains', { field, value }),
)

/** One condition in words. */
export function conditionWords(one: Condition, { zone, targets }: Speech): string {
  const target = targets.get(targetOf(one) ?? '')
  if (target?.state === 'gone') return t('conditions.gone')
  const title = target?.state === 'there' ? target.title : t('conditions.unseen')
  return words.get(one.kind)?.(one, title, zone) ?? t('conditions.unseen')
}

const joined = (type: 'conjunction' | 'disjunction', parts: readonly string[]): string =>
  new Intl.ListFormat(locale, { type, style: 'long' }).format(parts)

const opWords: Readonly<Record<GroupOp, PlainTextKey>> = {
  all: 'conditions.all',
  any: 'conditions.any',
  not: 'conditions.not',
}
export const groupWords = (op: GroupOp): string => t(opWords[op])

/** A tree in words: groups within it stand in brackets. */
export function treeWords(node: ConditionNode, speech: Speech): string {
  if (!isGroup(node)) return conditionWords(node, speech)
  const parts = node.of.map(one =>
    isGroup(one) && one.of.length > 1 ? `(${treeWords(one, speech)})` : treeWords(one, speech),
  )
  const together = joined(node.op === 'all' ? 'conjunction' : 'disjunction', parts)
  return node.op === 'not' ? t('conditions.saysNot', { what: together }) : together
}

interface Said {
  readonly from: string | null
  readonly until: string | null
  readonly tree: ConditionNode | null
}

/** A release in one sentence, without its full stop; undefined where it says nothing. */
export function releaseWords({ from, until, tree }: Said, speech: Speech): string | undefined {
  const at = (iso: string) => shortMoment(speech.zone, iso)
  if (tree) {
    const what = treeWords(tree, speech)
    if (from && until) return t('conditions.whenFromUntil', { what, from: at(from), until: at(until) })
    if (from) return t('conditions.whenFrom', { what, from: at(from) })
    if (until) return t('conditions.whenUntil', { what, until: at(until) })
    return t('conditions.when', { what })
  }
  if (from && until) return t('conditions.fromUntil', { from: at(from), until: at(until) })
  if (from) return t('conditions.onlyFrom', { from: at(from) })
  return until ? t('conditions.onlyUntil', { until: at(until) }) : undefined
}

/** The way round in words: "Week 2 needs Quiz 1, which needs Week 2". */
export const circleWords = ([first = '', second = '', ...rest]: readonly string[]): string =>
  rest.reduce(
    (said, other) => t('conditions.needsNext', { said, other }),
    t('conditions.needs', { one: first, other: second }),
  )
