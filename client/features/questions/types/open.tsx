// A prompt without an answer of its own on the screen: its kind draws what is answered.
import { t } from '#client/platform/texts.ts'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { StageTyped } from './StageTyped.tsx'
import type { TypeParts } from './type.ts'

/** What was written: words one after the other, or a text. */
const wordsOf = (move: ActivityMove): string =>
  'words' in move ? move.words.join(', ') : 'text' in move ? move.text : ''

export const openParts: TypeParts = {
  label: t('questions.open'),
  Fields: () => null,
  Card: () => null,
  Board: () => null,
  Stage: ({ locked }) => <StageTyped locked={locked} />,
  stageSize: () => ({ count: 0, long: false }),
  Written: () => null,
  Given: ({ move }) => <bdi class="given-text">{wordsOf(move)}</bdi>,
  givenWords: (_asked, move) => wordsOf(move),
  keyWords: () => '',
}
