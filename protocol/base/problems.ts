// The one error of the product. A Problem has a code from this closed list, one cause a code; everything else that is
// thrown is a fault and reaches people only as `internal`. Clients branch on `code` alone.
import * as z from 'zod/mini'

/** Every code with its HTTP status. A new cause gets a new code here and its words in protocol/texts. */
export const problemStatus = {
  malformed: 400,
  'unknown-call': 404,
  'too-large': 413,
  'not-signed-in': 401,
  'sign-in-failed': 401,
  'second-step': 401,
  'second-step-due': 401,
  'step-over': 401,
  'code-wrong': 401,
  'factor-there': 409,
  'no-password': 409,
  'factor-required': 403,
  'passkeys-not-here': 409,
  'passkey-unknown': 401,
  'passkey-there': 409,
  'sign-in-again': 401,
  'sign-in-over': 409,
  'account-shut': 403,
  'account-merged': 403,
  'last-way-in': 409,
  'provider-off': 409,
  'provider-silent': 503,
  'provider-refused': 403,
  'provider-distrusted': 502,
  'identity-unknown': 403,
  'identity-taken': 409,
  'address-unproven': 403,
  'address-unwelcome': 403,
  'address-known': 409,
  'issuer-known': 409,
  'issuer-in-use': 409,
  'staff-sign-in-closed': 403,
  'wrong-origin': 403,
  'not-allowed': 403,
  'out-of-scope': 403,
  'not-by-token': 403,
  'not-found': 404,
  'second-step-off': 409,
  'code-unknown': 404,
  'key-wrong': 403,
  'opening-closed': 409,
  'opening-not-yet': 409,
  'course-full': 409,
  'link-unknown': 404,
  'link-used': 410,
  'link-expired': 410,
  'link-withdrawn': 410,
  'link-not-yours': 403,
  'inviter-gone': 410,
  'role-gone': 410,
  'administrator-exists': 409,
  'mail-off': 409,
  'email-taken': 409,
  'weak-password': 422,
  'time-zone-unknown': 422,
  conflict: 409,
  'not-on-stage': 409,
  'wrong-phase': 409,
  'nothing-next': 409,
  'no-time-limit': 409,
  'ranks-off': 409,
  'merged-with-itself': 409,
  'already-decided': 409,
  'already-asked': 409,
  'export-running': 409,
  'operation-reused': 409,
  'answered-once': 409,
  'answer-gone': 410,
  'not-open': 409,
  'not-published': 403,
  previewing: 409,
  'not-in-preview': 409,
  'view-over': 409,
  'consent-due': 403,
  'guardian-due': 403,
  'observing-over': 410,
  'observed-already': 409,
  'not-observable': 409,
  locked: 403,
  circular: 409,
  concluded: 409,
  'is-template': 409,
  'template-unfit': 409,
  paused: 409,
  late: 409,
  'time-over': 409,
  'answer-unfit': 409,
  'class-over': 409,
  'channel-closed': 409,
  'answers-off': 403,
  'staff-begins': 403,
  'named-only': 409,
  'not-yours': 403,
  'approved-stays': 409,
  'out-of-reach': 403,
  'blocked-by-you': 409,
  'topic-hidden': 409,
  'topic-merged': 409,
  'topic-locked': 409,
  'message-removed': 409,
  'reply-gone': 409,
  'already-answered': 409,
  'already-running': 409,
  'still-running': 409,
  'nobody-left': 409,
  'nothing-asked': 409,
  'handed-in': 409,
  'no-attempts-left': 409,
  'attempt-unfinished': 409,
  'attempt-not-begun': 409,
  'in-use': 409,
  'department-not-empty': 409,
  'term-in-use': 409,
  'cohort-in-use': 409,
  'role-held': 409,
  'role-linked': 409,
  'import-begun': 409,
  'import-not-checked': 409,
  'import-not-done': 409,
  'not-an-archive': 422,
  'archive-unsafe': 422,
  'archive-too-large': 413,
  'archive-foreign': 422,
  'archive-newer': 422,
  'archive-damaged': 422,
  'archive-unfit': 422,
  'not-in-bin': 409,
  'other-question': 409,
  'beyond-own': 403,
  'own-attendance': 403,
  'not-here': 409,
  'counts-above': 409,
  'not-for-guests': 409,
  'too-many': 409,
  'queue-full': 409,
  'list-refused': 409,
  'no-account': 404,
  'already-enrolled': 409,
  'last-instructor': 409,
  'taken-out': 403,
  'put-out': 403,
  'wrong-offset': 409,
  'upload-gone': 410,
  'attachment-gone': 410,
  'attachment-unfinished': 409,
  'attachment-sent': 409,
  'attachment-elsewhere': 409,
  'no-room': 409,
  'no-own-room': 409,
  'no-files-here': 403,
  'file-too-large': 413,
  'kind-refused': 422,
  'names-in-file': 409,
  'name-taken': 409,
  'server-in-use': 409,
  'endpoint-paused': 409,
  'marked-already': 409,
  'hand-in-over': 409,
  'package-empty': 409,
  'packages-away': 409,
  'h5p-away': 409,
  'attempt-open': 409,
  'survey-begun': 409,
  'survey-answered': 409,
  'suggestions-off': 409,
  'lesson-traps': 409,
  'meeting-away': 502,
  'meeting-refused': 502,
  'too-deep': 409,
  'not-for-staff': 409,
  'group-full': 409,
  'talk-full': 409,
  'not-a-group': 409,
  'not-yourself': 409,
  'other-section': 409,
  'sign-up-off': 409,
  'learners-only': 409,
  'not-for-you': 403,
  'not-a-learner': 403,
  'not-for-hosts': 403,
  'not-joined': 403,
  'too-wide': 422,
  'slow-down': 429,
  busy: 503,
  draining: 503,
  'upgrade-needed': 426,
  internal: 500,
} as const

export type ProblemCode = keyof typeof problemStatus

/** One field that was refused: `path` is the key in the input, dotted; `code` names the rule that failed. */
export const fieldError = z.object({
  path: z.string(),
  code: z.string(),
  params: z.optional(z.record(z.string(), z.unknown())),
})
export type FieldError = z.infer<typeof fieldError>

/** problem+json (RFC 9457) with our `code`, `params`, `requestId` and `errors`. The same object answers on sockets. */
export const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  params: z.record(z.string(), z.unknown()),
  requestId: z.string(),
  errors: z.array(fieldError),
})
export type ProblemBody = z.infer<typeof problemBody>

export interface ProblemOptions {
  /** Values for the text of this code, e.g. `retryAfter` in seconds, or the `current` row of a conflict. */
  params?: Record<string, unknown>
  errors?: FieldError[]
}

/** Thrown by rules, actions and doors alike; translated once, at the door. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly params: Record<string, unknown>
  readonly errors: FieldError[]

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.params = options.params ?? {}
    this.errors = options.errors ?? []
  }
}

/** Throws `Problem(code)` unless `allowed`. Reads as a sentence: `demand(mayHost(who), 'not-allowed')`. */
export function demand(
  allowed: boolean,
  code: ProblemCode = 'not-allowed',
  options: ProblemOptions = {},
): asserts allowed {
  if (!allowed) throw new Problem(code, options)
}

/** Throws `Problem(why)` where a rule that answers why not has answered. */
export function refuse(why: ProblemCode | undefined): void {
  if (why !== undefined) throw new Problem(why)
}
