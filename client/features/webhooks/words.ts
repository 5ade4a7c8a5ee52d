// What types, states and failures of webhooks are called.

import { problemWords } from '#client/platform/problem-words.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { EventType } from '#protocol/webhooks/events.ts'
import type { Endpoint, MessageState, PauseReason, TryWord } from '#protocol/webhooks.ts'

export const refused = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })

export const typeTexts = {
  'course.published': 'webhooks.ofCoursePublished',
  'course.concluded': 'webhooks.ofCourseConcluded',
  'enrolment.created': 'webhooks.ofEnrolmentCreated',
  'enrolment.ended': 'webhooks.ofEnrolmentEnded',
  'class.started': 'webhooks.ofClassStarted',
  'class.ended': 'webhooks.ofClassEnded',
  'assignment.handed-in': 'webhooks.ofAssignmentHandedIn',
  'grade.changed': 'webhooks.ofGradeChanged',
  'account.created': 'webhooks.ofAccountCreated',
  'account.suspended': 'webhooks.ofAccountSuspended',
  'account.reactivated': 'webhooks.ofAccountReactivated',
  'account.erased': 'webhooks.ofAccountErased',
} as const satisfies Record<EventType, PlainTextKey>

export const stateTexts = {
  waiting: 'webhooks.stateWaiting',
  sent: 'webhooks.stateSent',
  failed: 'webhooks.stateFailed',
  kept: 'webhooks.stateKept',
} as const satisfies Record<MessageState, PlainTextKey>

export const stateTones = { waiting: 'accent', sent: 'good', failed: 'bad', kept: 'warn' } as const satisfies Record<
  MessageState,
  string
>

const pauseTexts = {
  'by-hand': 'webhooks.pausedByHand',
  gone: 'webhooks.pausedGone',
  failing: 'webhooks.pausedFailing',
} as const satisfies Record<PauseReason, PlainTextKey>

export const pauseWords = (why: PauseReason): string => t(pauseTexts[why])

interface Outcome {
  readonly word: TryWord | null
  readonly status: number | null
}

/** Why a try did not arrive, in a sentence; empty where it did. */
export function whyWords({ word, status }: Outcome): string {
  switch (word) {
    case null:
      return ''
    case 'status':
      return t('webhooks.wordStatus', { status: status ?? '' })
    case 'redirect':
      return t('webhooks.wordRedirect', { status: status ?? '' })
    case 'gone':
      return t('webhooks.wordGone')
    case 'barred':
      return t('webhooks.wordBarred')
    case 'unknown-name':
      return t('webhooks.wordUnknownName')
    case 'unreachable':
      return t('webhooks.wordUnreachable')
    case 'not-trusted':
      return t('webhooks.wordNotTrusted')
    case 'silent':
      return t('webhooks.wordSilent')
    case 'no-secret':
      return t('webhooks.wordNoSecret')
  }
}

/** An address without what goes before the host: how people tell them apart. */
export const shortAddress = ({ address }: Pick<Endpoint, 'address'>): string => address.replace(/^https?:\/\//, '')

/** Whose courses it is told of. */
export const reachWords = ({ department }: Pick<Endpoint, 'department'>): string =>
  department === null
    ? t('webhooks.allCourses')
    : t('webhooks.inDepartment', { name: department.name === '' ? t('webhooks.departmentGone') : department.name })

const refusalTexts: Readonly<Record<string, PlainTextKey>> = {
  scheme: 'webhooks.addressScheme',
  credentials: 'webhooks.addressCredentials',
  port: 'webhooks.addressPort',
  private: 'webhooks.addressPrivate',
  unknown: 'webhooks.addressUnknown',
}

/** Why the server does not take an address. */
export const addressRefusal = (code: string): string => t(refusalTexts[code] ?? 'webhooks.addressForm')
