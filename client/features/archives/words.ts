// Words of archives: why one came to nothing.
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import type { Refusal } from '#protocol/archives.ts'
import type { ProblemCode } from '#protocol/base/problems.ts'

/** A refusal in words. */
export const refusalWords = ({ code, params }: Refusal): string =>
  problemWords(new ClientProblem(code as ProblemCode, { params }))
