// Addresses that people type, print or script against, outside the routes of the API: pages that the server names, and the
// doors that are no routes. The client's own pages are in client/app/paths.ts.

/** Pages that others than the client name: in a terminal, on a projector, in a QR code, to a provider, in a mail. */
export const publicPages = {
  join: '/join',
  joinCode: '/join/:code',
  setup: '/setup/:token',
  signInWith: '/sign-in/with/:providerId',
  invitation: '/invite/:token',
  leaveMail: '/leave-mail/:token',
  today: '/',
  sessions: '/you',
  privacy: '/privacy',
  course: '/courses/:courseId',
  chat: '/courses/:courseId/chat',
  announcements: '/courses/:courseId/announcements',
  topic: '/courses/:courseId/forum/:topicId',
  talk: '/inbox/:channelId',
  homework: '/quizzes/:deliveryId',
  assignment: '/courses/:courseId/assignments/:assignmentId',
  grade: '/courses/:courseId/grades/:gradeItemId/:accountId',
  findingsRequest: '/accessibility/:requestId',
  apiDocs: '/api/docs',
} as const

/** What Socket.IO answers itself, requests and upgrades alike; it looks at the beginning of the address only. */
export const socketPath = '/socket.io/'

/** Where a balancer and a monitor ask how a node is. */
export const probes = { alive: '/healthz', ready: '/readyz', metrics: '/metrics' } as const

/** The address a pattern with :parameters stands for; values are escaped, one that is absent is left empty. */
export const filled = (pattern: string, values: { readonly [name: string]: string }): string =>
  pattern.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(values[key] ?? ''))
