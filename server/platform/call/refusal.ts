// From what was thrown to what is answered: a Problem keeps its code, everything else is a fault, logged with its
// request id and shown as `internal`. The only place that makes problem+json.

import type { Logger } from 'pino'
import { Problem, type ProblemBody, problemStatus } from '#protocol/base/problems.ts'
import { problems } from '#protocol/texts/en/problems.ts'

/** The wire form of whatever was thrown (RFC 9457, with `code`, `params`, `requestId`, `errors`). */
export function refusal(thrown: unknown, requestId: string, log: Logger): ProblemBody {
  const problem = thrown instanceof Problem ? thrown : new Problem('internal')
  if (!(thrown instanceof Problem)) log.error({ err: thrown, requestId }, 'fault')
  const detail = problems[problem.code]
  return {
    type: `urn:lectern:problem:${problem.code}`,
    title: detail.split('. ')[0] ?? detail,
    status: problemStatus[problem.code],
    code: problem.code,
    detail,
    params: problem.params,
    requestId,
    errors: problem.errors,
  }
}
