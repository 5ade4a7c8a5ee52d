// The states of progress as words, signs and colours; never by colour alone.
import { Check, Circle, CircleAlert, CircleX, Minus } from 'lucide-preact'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { Tone } from '#client/ui/Badge.tsx'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import type { ProgressCell, ProgressHow } from '#protocol/progress.ts'

const done: Readonly<Record<ProgressHow, PlainTextKey>> = {
  read: 'progress.read',
  'handed-in': 'progress.handedIn',
  played: 'progress.played',
  attended: 'progress.attended',
  'caught-up': 'progress.caughtUp',
  answered: 'progress.answered',
  finished: 'progress.finished',
  marked: 'progress.marked',
  scored: 'progress.scored',
}

const acts: Readonly<Record<ProgressHow, PlainTextKey>> = {
  read: 'progress.actRead',
  'handed-in': 'progress.actHandIn',
  played: 'progress.actPlay',
  attended: 'progress.actAttend',
  'caught-up': 'progress.actCatchUp',
  answered: 'progress.actAnswer',
  finished: 'progress.actFinish',
  marked: 'progress.actMark',
  scored: 'progress.actScore',
}

/** What to do with an item that is open. */
export const actWord = (how: ProgressHow | null): string => t(acts[how ?? 'read'])

/** Open past its due time. */
export const isLate = ({ state, dueAt }: ProgressCell, now: number): boolean =>
  state === 'open' && dueAt !== null && Date.parse(dueAt) <= now

/** A cell as a word with its sign and tone. */
export function stateWords(cell: ProgressCell, now: number): { word: string; icon: LucideIcon; tone: Tone } {
  if (cell.state === 'done') return { word: t(done[cell.how ?? 'read']), icon: Check, tone: 'good' }
  if (cell.state === 'missed')
    return {
      word: cell.how === 'handed-in' ? t('grades.missing') : t('progress.missed'),
      ...{ icon: CircleX, tone: 'bad' as const },
    }
  if (cell.state === 'none') return { word: t('progress.notAsked'), icon: Minus, tone: 'neutral' }
  if (isLate(cell, now)) return { word: t('progress.late'), icon: CircleAlert, tone: 'warn' }
  return { word: t('progress.toDo'), icon: Circle, tone: 'neutral' }
}
