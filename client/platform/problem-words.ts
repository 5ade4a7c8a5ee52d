// What a refusal says to the person, from the catalogue. Never shows a raw message of a fault.

import { ClientProblem } from '#client/platform/problem.ts'
import { catalogue, direction, locale, t } from '#client/platform/texts.ts'
import { fillTemplate } from '#protocol/texts/text.ts'

/** The words for anything that was thrown: a Problem's own, else those for a fault. */
export function problemWords(error: unknown): string {
  const code = error instanceof ClientProblem ? error.code : 'internal'
  if (code === 'offline') return t('app.noAnswer')
  if (code === 'too-old') return t('app.tooOld')
  const { problems } = catalogue()
  const template = problems[code] ?? problems.internal
  const params = error instanceof ClientProblem ? error.params : {}
  const plain = Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
  return fillTemplate(template, plain, locale, direction)
}
