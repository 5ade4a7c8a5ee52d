// The one numbered time-line of the database, oldest first. A migration that has been released is never
// changed; the next one goes on from it. Nothing is found by file name: every entry is written here.

import type { Migration } from '#server/platform/db/migrate.ts'
import { platformTables } from './0001-platform.ts'
import { auditTables } from './0002-audit.ts'
import { accountsTables } from './0003-accounts.ts'
import { accessTables } from './0004-access.ts'
import { coursesTables } from './0005-courses.ts'
import { contentTables } from './0006-content.ts'
import { questionsTables } from './0010-questions.ts'
import { activitiesTables } from './0011-activities.ts'
import { gradesTables } from './0012-grades.ts'
import { channelsTables } from './0020-channels.ts'
import { liveTables } from './0021-live.ts'
import { listenedTable } from './0022-listened.ts'
import { invitationsIntoCourses } from './0023-invitations.ts'
import { guestOnce } from './0024-guest-once.ts'
import { deliveryAudience } from './0025-delivery-audience.ts'
import { responsesUnchecked } from './0026-responses-unchecked.ts'
import { channelForms } from './0027-channel-forms.ts'
import { topicsTables } from './0029-topics.ts'
import { runQuestions } from './0030-run-questions.ts'
import { documentsTables } from './0031-documents.ts'
import { notesTables } from './0032-notes.ts'
import { runHands } from './0034-run-hands.ts'
import { runRanks } from './0035-run-ranks.ts'
import { itemAudience } from './0036-item-audience.ts'
import { gradeRules } from './0037-grade-rules.ts'
import { pageReads } from './0038-page-reads.ts'
import { nodesTables } from './0039-nodes.ts'
import { accessTokensTable } from './0040-access-tokens.ts'
import { notificationsTables } from './0042-notifications.ts'
import { correctionsTable } from './0046-corrections.ts'
import { runQa } from './0047-run-qa.ts'
import { notificationsOrder } from './0050-notifications-order.ts'
import { peopleLookups } from './0051-people-lookups.ts'
import { courseLife } from './0053-course-life.ts'
import { organisationTables } from './0054-organisation.ts'
import { groupsTables } from './0055-groups.ts'
import { channelVersions } from './0056-channel-versions.ts'
import { releasesTable } from './0057-releases.ts'
import { completionTables } from './0058-completion.ts'
import { filesTables } from './0060-files.ts'
import { pageDocuments } from './0061-page-documents.ts'
import { searchTables } from './0062-search.ts'
import { completionScore } from './0063-completion-score.ts'
import { calendarTables } from './0064-calendar.ts'
import { calendarFeedsTable } from './0065-calendar-feeds.ts'
import { profilesTables } from './0067-profiles.ts'
import { sitePeople } from './0068-site-people.ts'
import { auditReading } from './0069-audit-reading.ts'
import { importsTables } from './0070-imports.ts'
import { watchingTables } from './0071-watching.ts'
import { enrolmentEnds } from './0072-enrolment-ends.ts'
import { linksTable } from './0073-links.ts'
import { rolesTables } from './0074-roles.ts'
import { factorsTables } from './0075-factors.ts'
import { privacyTables } from './0076-privacy.ts'
import { retentionTables } from './0077-retention.ts'
import { fileTextsTable } from './0078-file-texts.ts'
import { accessibilityTables } from './0079-accessibility.ts'
import { archiveTables } from './0080-archives.ts'
import { providersTables } from './0082-providers.ts'
import { passkeysTable } from './0083-passkeys.ts'
import { mailsTable } from './0084-mails.ts'
import { notificationMails } from './0085-notification-mails.ts'
import { meetingsTables } from './0086-meetings.ts'
import { meetingServersTable } from './0087-meeting-servers.ts'
import { assignmentsTables } from './0088-assignments.ts'
import { uploadKinds } from './0090-upload-kinds.ts'
import { attachmentsTable } from './0091-attachments.ts'
import { gradeReleases } from './0092-grade-releases.ts'
import { attendanceTables } from './0093-attendance.ts'
import { cohortsTables } from './0095-cohorts.ts'
import { seatsPutOut } from './0096-put-out.ts'
import { demoAssistant } from './0098-demo-assistant.ts'
import { latePolicies } from './0099-late-policies.ts'
import { scales } from './0100-scales.ts'
import { totals } from './0101-totals.ts'
import { packagesTables } from './0102-packages.ts'
import { webhooksTables } from './0105-webhooks.ts'
import { webhooksKept } from './0106-webhooks-kept.ts'
import { personViewsTable } from './0107-person-views.ts'
import { observersTables } from './0108-observers.ts'
import { consentTables } from './0109-consent.ts'
import { surveysTables } from './0111-surveys.ts'
import { glossariesTables } from './0112-glossaries.ts'
import { attemptsTables } from './0113-attempts.ts'
import { lessonsTables } from './0115-lessons.ts'
import { searchRefreshedById } from './0117-search-refreshed-by-id.ts'
import { freeDaysColumn } from './0118-free-days.ts'
import { templatesColumn } from './0119-templates.ts'
import { endedSessionsTable } from './0121-ended-sessions.ts'
import { importFiles } from './0122-import-files.ts'
import { itemNesting } from './0124-item-nesting.ts'
import { courseCompletion } from './0125-course-completion.ts'
import { openingsTable } from './0128-openings.ts'
import { sourceIdsTable } from './0129-source-ids.ts'
import { guestBefore } from './0130-guest-before.ts'
import { itemContexts } from './0131-item-contexts.ts'
import { profileKinds } from './0134-profile-kinds.ts'
import { noInviteRight } from './0138-no-invite-right.ts'
import { placedForums } from './0139-placed-forums.ts'
import { customEnrolments } from './0145-custom-enrolments.ts'
import { importUnused } from './0146-import-unused.ts'
import { erasedSessions } from './0147-erased-sessions.ts'
import { cohortRoles } from './0148-cohort-roles.ts'
import { invitationRoles } from './0149-invitation-roles.ts'
import { importRoles } from './0150-import-roles.ts'

export const migrations: readonly Migration[] = [
  platformTables,
  auditTables,
  accountsTables,
  accessTables,
  coursesTables,
  contentTables,
  questionsTables,
  activitiesTables,
  gradesTables,
  channelsTables,
  liveTables,
  listenedTable,
  invitationsIntoCourses,
  guestOnce,
  deliveryAudience,
  responsesUnchecked,
  channelForms,
  topicsTables,
  runQuestions,
  documentsTables,
  notesTables,
  runHands,
  runRanks,
  itemAudience,
  gradeRules,
  pageReads,
  nodesTables,
  accessTokensTable,
  notificationsTables,
  correctionsTable,
  runQa,
  notificationsOrder,
  peopleLookups,
  courseLife,
  organisationTables,
  groupsTables,
  channelVersions,
  releasesTable,
  completionTables,
  filesTables,
  pageDocuments,
  searchTables,
  completionScore,
  calendarTables,
  calendarFeedsTable,
  profilesTables,
  sitePeople,
  auditReading,
  importsTables,
  watchingTables,
  enrolmentEnds,
  linksTable,
  rolesTables,
  factorsTables,
  privacyTables,
  retentionTables,
  fileTextsTable,
  accessibilityTables,
  archiveTables,
  providersTables,
  passkeysTable,
  mailsTable,
  notificationMails,
  meetingsTables,
  meetingServersTable,
  assignmentsTables,
  uploadKinds,
  attachmentsTable,
  gradeReleases,
  attendanceTables,
  cohortsTables,
  seatsPutOut,
  demoAssistant,
  latePolicies,
  scales,
  totals,
  packagesTables,
  webhooksTables,
  webhooksKept,
  personViewsTable,
  observersTables,
  consentTables,
  surveysTables,
  glossariesTables,
  attemptsTables,
  lessonsTables,
  searchRefreshedById,
  freeDaysColumn,
  templatesColumn,
  endedSessionsTable,
  importFiles,
  itemNesting,
  courseCompletion,
  openingsTable,
  sourceIdsTable,
  guestBefore,
  itemContexts,
  profileKinds,
  noInviteRight,
  placedForums,
  customEnrolments,
  importUnused,
  erasedSessions,
  cohortRoles,
  invitationRoles,
  importRoles,
]
