// The poll: the same staging without a right answer. Nothing is scored and no key leaves the server; taking part counts.

import type * as z from 'zod/mini'
import { poll as wire } from '#protocol/activities/poll.ts'
import type { Kind } from './kind.ts'
import * as staged from './staged.ts'

type Settings = z.output<typeof wire.settings>

export const poll: Kind = {
  kind: wire.kind as 'poll',
  start: staged.start,
  steer: staged.steer,
  dueAt: staged.dueAt,
  advance: staged.advance,
  window: staged.windowOf,
  act: staged.act,
  counts: settings => ((settings as Settings).mayChange ? 'last' : 'first'),
  scored: () => false,
  score: () => null,
  counted: 'moves',
  tally: staged.tallyByType,
  view: (plan, shared) => {
    const tally = staged.tallyIn(shared, staged.resultPhases.everybody)
    return { kind: 'poll', ...staged.stagedView(plan, shared), result: tally && { tally } }
  },
  hostView: (plan, shared) => {
    const tally = staged.tallyIn(shared, staged.resultPhases.hosts)
    return {
      kind: 'poll',
      ...staged.stagedView(plan, shared),
      result: tally && { tally },
      plan: staged.askedPlan(plan, shared),
    }
  },
}
