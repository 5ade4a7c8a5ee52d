// What a class came to for one person, from what the server told. Pure; never works out a verdict without a told key.
import { type AnswerWords, answerWords } from '#client/features/questions/answer-line.ts'
import { verdictOf } from '#client/features/questions/options.ts'
import type { OwnGradeCell } from '#protocol/grades.ts'
import type { RecapItem } from '#protocol/live/report.ts'

/**
 * What a person reached in a class, member and guest alike: their cell of its column, on the scale of that. Undefined
 * where nothing was asked of them, and as long as something in it is not over for them.
 */
export const reached = (grade: OwnGradeCell | null | undefined) =>
  grade && grade.asked > 0 && grade.score !== null ? { ...grade, score: grade.score } : undefined

/** The line under a question: the verdict once it is known, else whether there is an answer. */
export function recapLine({ asked, move, result }: RecapItem, key: 'has a key' | 'has none'): AnswerWords {
  const stand = { is: move ? ('sent' as const) : ('none' as const) }
  if (result) return answerWords('revealed', stand, verdictOf(asked, result.key, move))
  return answerWords(key === 'has none' ? 'revealed' : 'locked', stand)
}
