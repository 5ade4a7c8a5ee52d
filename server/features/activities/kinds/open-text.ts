// Open text: what people write is read by hosts; the class sees what a host has shown, in the words it had then, without a
// name. A changed answer has to be shown anew.

import { type ShownText, openText as wire } from '#protocol/activities/open-text.ts'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { isModerate } from '#protocol/activities/staged.ts'
import { fitsQuestion } from '#protocol/question-types/registry.ts'
import type { Kind, Shared } from './kind.ts'
import { decidedOf, isBanned, moderate, moderationOf } from './moderated.ts'
import * as staged from './staged.ts'

const textOf = (move: ActivityMove): string => ('text' in move ? move.text : '')

function shownOf(shared: Shared): ShownText[] {
  if (shared.itemId === null) return []
  return decidedOf(shared, shared.itemId)
    .shown.filter(one => !isBanned(shared.banned ?? [], one.text))
    .map(({ number, text }) => ({ number, text }))
}

export const openText: Kind = {
  kind: wire.kind as 'open-text',
  start: staged.start,
  steer: (plan, shared, wanted, now, extraMs, quoted) =>
    isModerate(wanted)
      ? moderate(plan, shared, wanted, quoted && textOf(quoted))
      : staged.steer(plan, shared, wanted, now, extraMs),
  dueAt: staged.dueAt,
  advance: staged.advance,
  window: staged.windowOf,
  act: act => staged.decide(act, { fits: fitsQuestion(act.asked, act.move), again: 'may change' }),
  counts: () => 'last',
  scored: () => false,
  score: () => null,
  counted: 'people',
  quotes: true,
  tally: (_settings, _item, _shared, given) => ({ answered: staged.answeredBy(given), counts: {} }),
  view: (plan, shared) => {
    const tally = staged.tallyIn(shared, staged.resultPhases.everybody)
    return {
      kind: 'open-text',
      ...staged.stagedView(plan, shared),
      mayChange: true,
      shown: shownOf(shared),
      result: tally && { tally },
    }
  },
  hostView: (plan, shared) => {
    const tally = staged.tallyIn(shared, staged.resultPhases.hosts)
    return {
      kind: 'open-text',
      ...staged.stagedView(plan, shared),
      mayChange: true,
      shown: shownOf(shared),
      moderation: moderationOf(shared, shared.itemId),
      result: tally && { tally },
      plan: staged.askedPlan(plan, shared),
    }
  },
}
