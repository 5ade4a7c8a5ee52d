// What the client throws when something was refused or could not be reached. Screens branch on `code` alone.
import { type FieldError, type ProblemBody, type ProblemCode, problemBody } from '#protocol/base/problems.ts'

/** `offline`: no answer came, so it is not known whether the server has done it. `too-old`: it waited here too long. */
export type ClientProblemCode = ProblemCode | 'offline' | 'too-old'

/**
 * A refusal with its code, the values for its words, the fields that were refused, and the id under which the server's log
 * has it; the last only where a server answered.
 */
export class ClientProblem extends Error {
  readonly code: ClientProblemCode
  readonly params: Readonly<Record<string, unknown>>
  readonly errors: readonly FieldError[]
  readonly requestId: string | undefined

  constructor(
    code: ClientProblemCode,
    body?: Partial<Pick<ProblemBody, 'params' | 'errors' | 'requestId' | 'detail'>>,
  ) {
    super(body?.detail ?? code)
    this.name = 'ClientProblem'
    this.code = code
    this.params = body?.params ?? {}
    this.errors = body?.errors ?? []
    this.requestId = body?.requestId
  }

  /** True when the same request may well succeed a little later. */
  get passing(): boolean {
    return ['offline', 'busy', 'slow-down', 'draining'].includes(this.code)
  }

  /** Seconds the server asked to wait; 0 when it said nothing. */
  get retryAfter(): number {
    const { retryAfter } = this.params
    return typeof retryAfter === 'number' && retryAfter > 0 ? retryAfter : 0
  }
}

/** The problem in a body that came from outside; `internal` when it is not one. */
export function problemIn(body: unknown): ClientProblem {
  const read = problemBody.safeParse(body)
  return read.success ? fromBody(read.data) : new ClientProblem('internal')
}

/** The problem in an answer of the server; codes of newer servers are kept as they are. */
export const fromBody = (body: Omit<ProblemBody, 'code'> & { code: string }): ClientProblem =>
  new ClientProblem(body.code as ProblemCode, body)
