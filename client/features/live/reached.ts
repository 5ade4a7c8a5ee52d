// What a class came to for one person, from what the server told. Pure; never works out a verdict without a told key.
import { type AnswerWords, answerWords } from '#client/features/questions/answer-line.ts'
import { verdictOf } from '#client/features/questions/options.ts'
import type { Output } from '#protocol/base/call.ts'
import type { gradeRoutes } from '#protocol/grades.ts'
import type { RecapItem } from '#protocol/live/report.ts'
import type { Run } from '#protocol/live.ts'

export type MyGrades = Output<typeof gradeRoutes.mine>

/** What a person reached in a class: their cell of the gradebook, or for guests the sum of what was revealed. */
export function reached(run: Run, mine: MyGrades | undefined, items: readonly RecapItem[]) {
  const cell = mine?.cells.find(one => one.gradeItemId === run.gradeItemId)
  if (cell)
    // Held as long as something in it is not over for this person.
    return cell.asked > 0 && cell.score !== null
      ? { score: cell.score, points: cell.points, answered: cell.answered, asked: cell.asked }
      : undefined
  const scored = items.filter(one => typeof one.result?.score === 'string')
  if (scored.length === 0) return undefined
  const sum = (of: (one: RecapItem) => string | null | undefined) =>
    String(scored.reduce((all, one) => all + Number(of(one) ?? 0), 0))
  const answered = items.filter(one => one.move !== null).length
  return { score: sum(one => one.result?.score), points: sum(one => one.result?.points), answered, asked: items.length }
}

/** The line under a question: the verdict once it is known, else whether there is an answer. */
export function recapLine({ asked, move, result }: RecapItem, key: 'has a key' | 'has none'): AnswerWords {
  const stand = { is: move ? ('sent' as const) : ('none' as const) }
  if (result) return answerWords('revealed', stand, verdictOf(asked, result.key, move))
  return answerWords(key === 'has none' ? 'revealed' : 'locked', stand)
}
