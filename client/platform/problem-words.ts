// What a refusal says to the person, from the catalogue. Never shows a raw message of a fault.

import { ClientProblem } from '#client/platform/problem.ts'
import { locale, t } from '#client/platform/texts.ts'
import { en } from '#protocol/texts/en/index.ts'
import { fillTemplate } from '#protocol/texts/text.ts'

/** The words for anything that was thrown: a Problem's own, else those for a fault. */
export function problemWords(error: unknown): string {
  const code = error instanceof ClientProblem ? error.code : 'internal'
  if (code === 'offline') return t('app.noAnswer')
  const template = en.problems[code] ?? en.problems.internal
  const params = error instanceof ClientProblem ? error.params : {}
  const plain = Object.fromEntries(
    Object.entries(params).filter(
      (entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
  return fillTemplate(template, plain, locale)
}
