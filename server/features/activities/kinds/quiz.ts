// The quiz: questions with a key, scored by their question type. The key reaches everybody with the reveal, not sooner.

import type * as z from 'zod/mini'
import { quiz as wire } from '#protocol/activities/quiz.ts'
import { scoreAnswer, toldCounts, toldKeyOf } from '#protocol/question-types/registry.ts'
import type { Kind } from './kind.ts'
import * as staged from './staged.ts'

type Settings = z.output<typeof wire.settings>

const scored = (settings: unknown): boolean => (settings as Settings).scoring === 'accuracy'

export const quiz: Kind = {
  kind: wire.kind as 'quiz',
  start: staged.start,
  steer: staged.steer,
  dueAt: staged.dueAt,
  advance: staged.advance,
  window: staged.windowOf,
  act: staged.act,
  counts: settings => ((settings as Settings).mayChange ? 'last' : 'first'),
  scored,
  score: (settings, question, move) => (scored(settings) ? scoreAnswer(question, question.key, move) : null),
  counted: 'moves',
  tally: staged.tallyByType,
  view: (plan, shared) => {
    const item = staged.currentItem(plan, shared)
    const key = item && toldKeyOf(item.question)
    const tally = staged.tallyIn(shared, staged.resultPhases.everybody)
    return {
      kind: 'quiz',
      ...staged.stagedView(plan, shared),
      result: key && tally ? { key, tally: { answered: tally.answered, ...toldCounts(item.question, tally) } } : null,
    }
  },
  hostView: (plan, shared) => {
    const item = staged.currentItem(plan, shared)
    const key = item && toldKeyOf(item.question)
    const tally = staged.tallyIn(shared, staged.resultPhases.hosts)
    return {
      kind: 'quiz',
      ...staged.stagedView(plan, shared),
      result: key && tally ? { key, tally } : null,
      plan: plan.items.map(one => ({
        itemId: one.id,
        points: one.points,
        question: one.question,
        tally: staged.tallyOf(shared, one.id),
      })),
    }
  },
}
