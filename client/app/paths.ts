// Every address of the client, once. Links and navigation build theirs here; nobody writes a path as a bare string.
import { filled, publicPages } from '#protocol/base/addresses.ts'

export const patterns = {
  today: publicPages.today,
  signIn: '/sign-in',
  signInWith: publicPages.signInWith,
  forgotten: '/forgotten-password',
  invitation: publicPages.invitation,
  leaveMail: publicPages.leaveMail,
  setup: publicPages.setup,
  sessions: publicPages.sessions,
  blocked: '/you/blocked',
  person: '/people/:accountId',
  sitePeople: '/people',
  profileFields: '/people-fields',
  providers: '/providers',
  audit: '/audit',
  imports: '/imports',
  import: '/imports/:importId',
  privacy: publicPages.privacy,
  apiDocs: publicPages.apiDocs,
  schoolRules: '/school-rules',
  roles: '/roles',
  role: '/roles/:role',
  rolePlace: '/roles/places/:kind/:id',
  check: '/check',
  search: '/search',
  courses: '/courses',
  course: publicPages.course,
  catalogue: '/catalogue',
  openCourse: '/catalogue/:courseId',
  courseSettings: '/courses/:courseId/settings',
  courseCopy: '/courses/:courseId/copy',
  template: '/templates/:courseId',
  courseExports: '/courses/:courseId/exports',
  importCourse: '/import-course',
  courseLog: '/courses/:courseId/log',
  courseRemoved: '/courses/:courseId/removed',
  consent: '/consent',
  observed: '/observed',
  observedLearner: '/observed/:accountId',
  observedCourse: '/observed/:accountId/courses/:courseId',
  bin: '/bin',
  organisation: '/organisation',
  cohorts: '/cohorts',
  cohort: '/cohorts/:cohortId',
  people: '/courses/:courseId/people',
  groups: '/courses/:courseId/groups',
  page: '/courses/:courseId/pages/:pageId',
  link: '/courses/:courseId/links/:linkId',
  assignment: '/courses/:courseId/assignments/:assignmentId',
  submission: '/courses/:courseId/assignments/:assignmentId/submissions/:accountId',
  package: '/courses/:courseId/packages/:packageId',
  glossary: '/courses/:courseId/glossaries/:glossaryId',
  glossaryEntry: '/courses/:courseId/glossaries/:glossaryId/entries/:entryId',
  survey: '/courses/:courseId/surveys/:surveyId',
  lesson: '/courses/:courseId/lessons/:lessonId',
  lessonPage: '/courses/:courseId/lessons/:lessonId/pages/:pageId',
  meeting: '/courses/:courseId/meetings/:meetingId',
  meetingServers: '/meeting-servers',
  webhooks: '/webhooks',
  webhook: '/webhooks/:endpointId',
  files: '/courses/:courseId/files',
  file: '/courses/:courseId/files/:fileId',
  folder: '/courses/:courseId/folders/:folderId',
  notes: '/courses/:courseId/notes',
  note: '/courses/:courseId/notes/:noteId',
  joinCourse: '/join-course',
  live: '/live',
  join: publicPages.join,
  joinCode: publicPages.joinCode,
  class: '/class/:runId',
  remote: '/class/:runId/remote',
  stage: '/class/:runId/stage',
  classReport: '/class/:runId/report',
  classAttendance: '/class/:runId/attendance',
  activity: '/courses/:courseId/activities/:activityId',
  homework: publicPages.homework,
  chat: publicPages.chat,
  announcements: publicPages.announcements,
  calendar: '/calendar',
  inbox: '/inbox',
  talk: publicPages.talk,
  forum: '/courses/:courseId/forum',
  placedForum: '/courses/:courseId/forums/:forumId',
  topic: publicPages.topic,
  overview: '/overview',
  siteParticipation: '/participation',
  participation: '/courses/:courseId/participation',
  attendance: '/courses/:courseId/attendance',
  siteAccessibility: '/accessibility',
  accessibility: '/courses/:courseId/accessibility',
  findingsRequest: publicPages.findingsRequest,
  progress: '/courses/:courseId/progress',
  grades: '/courses/:courseId/grades',
  grade: publicPages.grade,
  grading: '/courses/:courseId/grading',
  kit: '/kit',
} as const

export type RouteName = keyof typeof patterns

type NamesIn<S extends string> = S extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : S extends `${string}:${infer Name}`
    ? Name
    : never

/** The parameters in one route's address, as they stand there (decoded strings). */
export type ParamsOf<N extends RouteName> = { readonly [P in NamesIn<(typeof patterns)[N]>]: string }

/** What every page component is given. */
export type PageProps<N extends RouteName> = {
  readonly params: ParamsOf<N>
  readonly query: { readonly [name: string]: string }
}

type Rest<N extends RouteName> = [NamesIn<(typeof patterns)[N]>] extends [never]
  ? [params?: Record<string, never>, query?: Query]
  : [params: ParamsOf<N>, query?: Query]

type Query = { readonly [name: string]: string | number | undefined }

/** Builds an address: `pathTo('course', { courseId })`, `pathTo('signIn', {}, { next })`. Values are escaped. */
export function pathTo<N extends RouteName>(name: N, ...[params, query]: Rest<N>): string {
  const path = filled(patterns[name], params ?? {})
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(key, String(value))
  const tail = search.toString()
  return tail ? `${path}?${tail}` : path
}
