// The table of contents and the import order in one: a feature may import those before it, through their index only.
import { accessFeature } from './features/access/index.ts'
import { accessibilityFeature } from './features/accessibility/index.ts'
import { accountsFeature } from './features/accounts/index.ts'
import { activitiesFeature } from './features/activities/index.ts'
import { archivesFeature } from './features/archives/index.ts'
import { assignmentsFeature } from './features/assignments/index.ts'
import { attendanceFeature } from './features/attendance/index.ts'
import { auditFeature } from './features/audit/index.ts'
import { calendarFeature } from './features/calendar/index.ts'
import { channelsFeature } from './features/channels/index.ts'
import { checkFeature } from './features/check/index.ts'
import { cohortsFeature } from './features/cohorts/index.ts'
import { conditionsFeature } from './features/conditions/index.ts'
import { consentFeature } from './features/consent/index.ts'
import { contentFeature } from './features/content/index.ts'
import { coursesFeature } from './features/courses/index.ts'
import { factorsFeature } from './features/factors/index.ts'
import { filesFeature } from './features/files/index.ts'
import { glossariesFeature } from './features/glossaries/index.ts'
import { gradesFeature } from './features/grades/index.ts'
import { groupsFeature } from './features/groups/index.ts'
import { importsFeature } from './features/imports/index.ts'
import { lessonsFeature } from './features/lessons/index.ts'
import { linksFeature } from './features/links/index.ts'
import { liveFeature } from './features/live/index.ts'
import { mailFeature } from './features/mail/index.ts'
import { meetingsFeature } from './features/meetings/index.ts'
import { notesFeature } from './features/notes/index.ts'
import { notificationsFeature } from './features/notifications/index.ts'
import { observersFeature } from './features/observers/index.ts'
import { openingsFeature } from './features/openings/index.ts'
import { organisationFeature } from './features/organisation/index.ts'
import { overviewFeature } from './features/overview/index.ts'
import { packagesFeature } from './features/packages/index.ts'
import { participationFeature } from './features/participation/index.ts'
import { presenceFeature } from './features/presence/index.ts'
import { previewFeature } from './features/preview/index.ts'
import { privacyFeature } from './features/privacy/index.ts'
import { progressFeature } from './features/progress/index.ts'
import { providersFeature } from './features/providers/index.ts'
import { questionsFeature } from './features/questions/index.ts'
import { quizzesFeature } from './features/quizzes/index.ts'
import { searchFeature } from './features/search/index.ts'
import { surveysFeature } from './features/surveys/index.ts'
import { todayFeature } from './features/today/index.ts'
import { webhooksFeature } from './features/webhooks/index.ts'
import type { Feature } from './platform/feature.ts'

export const features: readonly Feature[] = [
  auditFeature,
  accountsFeature,
  accessFeature,
  mailFeature,
  organisationFeature,
  factorsFeature,
  providersFeature,
  coursesFeature,
  conditionsFeature,
  groupsFeature,
  previewFeature,
  searchFeature,
  cohortsFeature,
  openingsFeature,
  importsFeature,
  filesFeature,
  contentFeature,
  glossariesFeature,
  linksFeature,
  meetingsFeature,
  questionsFeature,
  activitiesFeature,
  gradesFeature,
  assignmentsFeature,
  packagesFeature,
  surveysFeature,
  lessonsFeature,
  channelsFeature,
  presenceFeature,
  notesFeature,
  quizzesFeature,
  liveFeature,
  attendanceFeature,
  archivesFeature,
  notificationsFeature,
  webhooksFeature,
  privacyFeature,
  accessibilityFeature,
  calendarFeature,
  checkFeature,
  progressFeature,
  observersFeature,
  consentFeature,
  overviewFeature,
  participationFeature,
  todayFeature,
]
