// What each problem code says to a person: what happened and what to do next. Complete by type.
import type { ProblemCode } from '#protocol/base/problems.ts'

export const problems = {
  malformed: 'Something in this request is not as it should be. Check the marked fields.',
  'unknown-call': 'This server does not know that request.',
  'too-large': 'That is larger than this server takes. Send less at once.',
  'not-signed-in': 'You are not signed in. Sign in and try again.',
  'sign-in-failed': 'The e-mail or the password is not right. Try again or ask for a new invitation.',
  'staff-sign-in-closed':
    'Demo staff sign in only on the machine that runs Lectern. Open it with: npm run lectern -- open-demo',
  'wrong-origin': 'This request came from another site and was refused.',
  'not-allowed': 'You may not do this here. Ask the person who runs the course.',
  'not-found': 'This is not here, or you may not see it.',
  'code-unknown': 'No class or course has this code. Check it and try again.',
  'link-used': 'This link was used or has run out. Ask for a new one.',
  'email-taken': 'There is an account with this e-mail already. Sign in instead.',
  'weak-password': 'This password is too easy to guess. Use at least 10 characters.',
  conflict: 'Somebody changed this at the same time. Look at the current version and try again.',
  'operation-reused': 'This was sent before with other content. Nothing was changed.',
  'not-open': 'This is not open now.',
  late: 'This came after the close and was not counted.',
  'already-answered': 'You answered this already.',
  'already-running': 'A class is running in this course already. Join it or end it first.',
  'attempts-used': 'You have used every attempt.',
  'in-use': 'This is in use and can not be removed.',
  'slow-down': 'That was too often. Wait a moment and try again.',
  busy: 'The server is busy. Your change waits and is sent again.',
  draining: 'This server is about to restart. You are moved to another one.',
  'upgrade-needed': 'This page is older than the server understands. Reload it.',
  internal: 'Something went wrong on the server. It was noted. Try again.',
} as const satisfies Record<ProblemCode, string>
