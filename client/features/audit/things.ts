// Where a thing of the trail is looked at: its own page where it has one, else the page it stands on.
import { pathTo } from '#client/app/paths.ts'
import type { AuditEntry } from '#protocol/audit.ts'

type Thing = AuditEntry['subject']

const lists: Readonly<Record<string, () => string>> = {
  department: () => pathTo('organisation'),
  term: () => pathTo('organisation'),
  provider: () => pathTo('providers'),
  'profile-field': () => pathTo('profileFields'),
  'meeting-server': () => pathTo('meetingServers'),
  retention: () => pathTo('privacy'),
  erasure: () => pathTo('privacy'),
}

const own: Readonly<Record<string, (id: string) => string>> = {
  account: accountId => pathTo('person', { accountId }),
  course: courseId => pathTo('course', { courseId }),
  role: role => pathTo('role', { role }),
  import: importId => pathTo('import', { importId }),
  cohort: cohortId => pathTo('cohort', { cohortId }),
  webhook: endpointId => pathTo('webhook', { endpointId }),
  homework: deliveryId => pathTo('homework', { deliveryId }),
  run: runId => pathTo('classReport', { runId }),
}

const within: Readonly<Record<string, (courseId: string, id: string) => string>> = {
  page: (courseId, pageId) => pathTo('page', { courseId, pageId }),
  forum: (courseId, forumId) => pathTo('placedForum', { courseId, forumId }),
  file: (courseId, fileId) => pathTo('file', { courseId, fileId }),
  folder: (courseId, folderId) => pathTo('folder', { courseId, folderId }),
  link: (courseId, linkId) => pathTo('link', { courseId, linkId }),
  note: (courseId, noteId) => pathTo('note', { courseId, noteId }),
  survey: (courseId, surveyId) => pathTo('survey', { courseId, surveyId }),
  lesson: (courseId, lessonId) => pathTo('lesson', { courseId, lessonId }),
  meeting: (courseId, meetingId) => pathTo('meeting', { courseId, meetingId }),
  package: (courseId, packageId) => pathTo('package', { courseId, packageId }),
  glossary: (courseId, glossaryId) => pathTo('glossary', { courseId, glossaryId }),
  activity: (courseId, activityId) => pathTo('activity', { courseId, activityId }),
  assignment: (courseId, assignmentId) => pathTo('assignment', { courseId, assignmentId }),
  item: courseId => pathTo('course', { courseId }),
  module: courseId => pathTo('course', { courseId }),
  group: courseId => pathTo('groups', { courseId }),
  'group-set': courseId => pathTo('groups', { courseId }),
}

/** The address of a thing; `place`: where the act was. Undefined for what has no page of its own. */
export function pathOf({ kind, id }: Thing, place: Thing | null): string | undefined {
  const courseId = place?.kind === 'course' ? place.id : undefined
  return own[kind]?.(id) ?? (courseId === undefined ? undefined : within[kind]?.(courseId, id)) ?? lists[kind]?.()
}
