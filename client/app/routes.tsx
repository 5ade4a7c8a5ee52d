// The explicit table of pages: address, title, frame and where the code is. A feature adds its rows here; each page is
// a chunk of its own. The more exact address stands first.
import { exec } from 'preact-iso/router'
import { column, type Route, route, wide } from '#client/app/route.ts'

export type { Frame, Route } from '#client/app/route.ts'

/** With a code in the address and without. */
const joinRow = {
  title: 'app.joinTitle',
  frame: 'bare',
  access: 'anyone',
  load: () => import('#client/features/live/JoinPage.tsx').then(file => file.JoinPage),
} as const

export const routes: readonly Route[] = [
  route('today', {
    title: 'today.title',
    frame: 'shell',
    access: 'anyone',
    load: () => import('#client/features/today/TodayPage.tsx').then(file => file.TodayPage),
  }),
  route('sitePeople', {
    title: 'people.title',
    frame: 'shell',
    access: 'signed-in',
    width: 'wide',
    load: () => import('#client/features/accounts/people/SitePeoplePage.tsx').then(file => file.SitePeoplePage),
  }),
  route('profileFields', {
    title: 'people.fields',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/accounts/profile/FieldsPage.tsx').then(file => file.FieldsPage),
  }),
  route('providers', {
    title: 'providers.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/providers/ProvidersPage.tsx').then(file => file.ProvidersPage),
  }),
  route('audit', {
    title: 'audit.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/audit/AuditPage.tsx').then(file => file.AuditPage),
  }),
  column('consent', 'consent.manageTitle', () =>
    import('#client/features/consent/ConsentPage.tsx').then(file => file.ConsentPage),
  ),
  column('observedCourse', 'observers.courseTitle', () =>
    import('#client/features/observers/CoursePage.tsx').then(file => file.CoursePage),
  ),
  column('observedLearner', 'observers.learnerTitle', () =>
    import('#client/features/observers/LearnerPage.tsx').then(file => file.LearnerPage),
  ),
  column('observed', 'observers.title', () =>
    import('#client/features/observers/ObservedPage.tsx').then(file => file.ObservedPage),
  ),
  route('privacy', {
    title: 'privacy.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/privacy/PrivacyPage.tsx').then(file => file.PrivacyPage),
  }),
  route('imports', {
    title: 'imports.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/imports/ImportsPage.tsx').then(file => file.ImportsPage),
  }),
  route('person', {
    title: 'people.profile',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/accounts/profile/ProfilePage.tsx').then(file => file.ProfilePage),
  }),
  route('signIn', {
    title: 'app.signInTitle',
    frame: 'bare',
    access: 'anyone',
    load: () => import('#client/features/accounts/SignInPage.tsx').then(file => file.SignInPage),
  }),
  route('signInWith', {
    title: 'app.signInTitle',
    frame: 'bare',
    access: 'anyone',
    load: () => import('#client/features/providers/ReturnPage.tsx').then(file => file.ReturnPage),
  }),
  route('leaveMail', {
    title: 'notifications.leaveTitle',
    frame: 'bare',
    access: 'anyone',
    load: () => import('#client/features/notifications/LeaveMailPage.tsx').then(file => file.LeaveMailPage),
  }),
  route('forgotten', {
    title: 'mail.forgotTitle',
    frame: 'bare',
    access: 'anyone',
    load: () => import('#client/features/accounts/ForgottenPage.tsx').then(file => file.ForgottenPage),
  }),
  route('invitation', {
    title: 'app.invitationTitle',
    frame: 'bare',
    access: 'anyone',
    load: () => import('#client/features/accounts/InvitationPage.tsx').then(file => file.InvitationPage),
  }),
  route('setup', {
    title: 'app.setupTitle',
    frame: 'bare',
    access: 'anyone',
    load: () => import('#client/features/accounts/SetupPage.tsx').then(file => file.SetupPage),
  }),
  route('blocked', {
    title: 'channels.blockedTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/channels/BlockedPage.tsx').then(file => file.BlockedPage),
  }),
  route('sessions', {
    title: 'app.sessions',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/accounts/SessionsPage.tsx').then(file => file.SessionsPage),
  }),
  route('schoolRules', {
    title: 'access.schoolRules',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/access/SchoolRulesPage.tsx').then(file => file.SchoolRulesPage),
  }),
  route('roles', {
    title: 'access.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/access/RolesPage.tsx').then(file => file.RolesPage),
  }),
  route('role', {
    title: 'access.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/access/RolePage.tsx').then(file => file.RolePage),
  }),
  route('rolePlace', {
    title: 'access.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/access/PlacePage.tsx').then(file => file.PlacePage),
  }),
  route('apiDocs', {
    title: 'app.apiDocsTitle',
    frame: 'shell',
    access: 'anyone',
    width: 'wide',
    load: () => import('#client/app/api-docs/ApiDocsPage.tsx').then(file => file.ApiDocsPage),
  }),
  route('check', {
    title: 'check.title',
    frame: 'shell',
    access: 'anyone',
    load: () => import('#client/features/check/CheckPage.tsx').then(file => file.CheckPage),
  }),
  route('search', {
    title: 'search.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/search/SearchPage.tsx').then(file => file.SearchPage),
  }),
  route('courses', {
    title: 'app.courses',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/courses/CoursesPage.tsx').then(file => file.CoursesPage),
  }),
  route('course', {
    title: 'app.courseTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/courses/CoursePage.tsx').then(file => file.CoursePage),
  }),
  route('courseSettings', {
    title: 'courses.settings',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/courses/SettingsPage.tsx').then(file => file.SettingsPage),
  }),
  route('courseCopy', {
    title: 'courses.copyTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/courses/CopyPage.tsx').then(file => file.CopyPage),
  }),
  route('courseExports', {
    title: 'archives.export',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/archives/ExportsPage.tsx').then(file => file.ExportsPage),
  }),
  route('importCourse', {
    title: 'archives.import',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/archives/ImportCoursePage.tsx').then(file => file.ImportCoursePage),
  }),
  route('courseLog', {
    title: 'courses.log',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/courses/LogPage.tsx').then(file => file.LogPage),
  }),
  route('bin', {
    title: 'courses.binTitle',
    frame: 'shell',
    access: 'signed-in',
    width: 'wide',
    load: () => import('#client/features/courses/BinPage.tsx').then(file => file.BinPage),
  }),
  route('organisation', {
    title: 'organisation.title',
    frame: 'shell',
    access: 'signed-in',
    width: 'wide',
    load: () => import('#client/features/organisation/OrganisationPage.tsx').then(file => file.OrganisationPage),
  }),
  route('cohorts', {
    title: 'cohorts.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/cohorts/CohortsPage.tsx').then(file => file.CohortsPage),
  }),
  route('cohort', {
    title: 'cohorts.cohort',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/cohorts/CohortPage.tsx').then(file => file.CohortPage),
  }),
  route('people', {
    title: 'app.peopleTitle',
    frame: 'shell',
    access: 'signed-in',
    width: 'wide',
    load: () => import('#client/features/courses/PeoplePage.tsx').then(file => file.PeoplePage),
  }),
  route('groups', {
    title: 'groups.title',
    frame: 'shell',
    access: 'signed-in',
    width: 'wide',
    load: () => import('#client/features/groups/GroupsPage.tsx').then(file => file.GroupsPage),
  }),
  route('page', {
    title: 'app.pageTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/content/PagePage.tsx').then(file => file.PagePage),
  }),
  route('link', {
    title: 'links.link',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/links/LinkPage.tsx').then(file => file.LinkPage),
  }),
  route('assignment', {
    title: 'assignments.assignment',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/assignments/AssignmentPage.tsx').then(file => file.AssignmentPage),
  }),
  route('submission', {
    title: 'assignments.submissions',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/assignments/SubmissionPage.tsx').then(file => file.SubmissionPage),
  }),
  route('package', {
    title: 'packages.package',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/packages/PackagePage.tsx').then(file => file.PackagePage),
  }),
  route('glossary', {
    title: 'glossaries.glossary',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/glossaries/GlossaryPage.tsx').then(file => file.GlossaryPage),
  }),
  route('glossaryEntry', {
    title: 'glossaries.glossary',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/glossaries/EntryPage.tsx').then(file => file.EntryPage),
  }),
  route('survey', {
    title: 'surveys.survey',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/surveys/SurveyPage.tsx').then(file => file.SurveyPage),
  }),
  route('meeting', {
    title: 'meetings.meeting',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/meetings/MeetingPage.tsx').then(file => file.MeetingPage),
  }),
  route('meetingServers', {
    title: 'meetings.servers',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/meetings/ServersPage.tsx').then(file => file.ServersPage),
  }),
  route('webhooks', {
    title: 'webhooks.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/webhooks/WebhooksPage.tsx').then(file => file.WebhooksPage),
  }),
  route('webhook', {
    title: 'webhooks.one',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/webhooks/WebhookPage.tsx').then(file => file.WebhookPage),
  }),
  route('files', {
    title: 'files.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/files/FilesPage.tsx').then(file => file.FilesPage),
  }),
  route('file', {
    title: 'files.file',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/files/FilePage.tsx').then(file => file.FilePage),
  }),
  route('notes', {
    title: 'notes.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/notes/NotesPage.tsx').then(file => file.NotesPage),
  }),
  route('note', {
    title: 'notes.note',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/notes/NotePage.tsx').then(file => file.NotePage),
  }),
  route('joinCourse', {
    title: 'app.joinCourseTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/courses/JoinCoursePage.tsx').then(file => file.JoinCoursePage),
  }),
  route('activity', {
    title: 'app.activityTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/activities/ActivityPage.tsx').then(file => file.ActivityPage),
  }),
  route('homework', {
    title: 'app.homeworkTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/quizzes/HomeworkPage.tsx').then(file => file.HomeworkPage),
  }),
  route('live', {
    title: 'live.nowTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/live/LivePage.tsx').then(file => file.LivePage),
  }),
  route('join', joinRow),
  route('joinCode', joinRow),
  route('stage', {
    title: 'app.stageTitle',
    frame: 'bare',
    access: 'signed-in',
    load: () => import('#client/features/live/StagePage.tsx').then(file => file.StagePage),
  }),
  route('remote', {
    title: 'app.remoteTitle',
    frame: 'bare',
    access: 'signed-in',
    load: () => import('#client/features/live/RemotePage.tsx').then(file => file.RemotePage),
  }),
  route('class', {
    title: 'app.classTitle',
    frame: 'bare',
    access: 'signed-in',
    load: () => import('#client/features/live/ParticipantPage.tsx').then(file => file.ParticipantPage),
  }),
  route('classReport', {
    title: 'app.classTitle',
    frame: 'shell',
    access: 'signed-in',
    width: 'wide',
    load: () => import('#client/features/live/ClassReportPage.tsx').then(file => file.ClassReportPage),
  }),
  route('chat', {
    title: 'channels.chat',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/channels/CourseTalkPage.tsx').then(file => file.ChatPage),
  }),
  route('announcements', {
    title: 'channels.announcements',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/channels/CourseTalkPage.tsx').then(file => file.AnnouncementsPage),
  }),
  route('calendar', {
    title: 'calendar.title',
    frame: 'shell',
    access: 'signed-in',
    width: 'wide',
    load: () => import('#client/features/calendar/CalendarPage.tsx').then(file => file.CalendarPage),
  }),
  route('inbox', {
    title: 'app.inbox',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/channels/InboxPage.tsx').then(file => file.InboxPage),
  }),
  route('talk', {
    title: 'channels.talk',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/channels/TalkPage.tsx').then(file => file.TalkPage),
  }),
  route('forum', {
    title: 'forum.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/channels/forum/ForumPage.tsx').then(file => file.ForumPage),
  }),
  route('topic', {
    title: 'forum.topic',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/channels/forum/TopicPage.tsx').then(file => file.TopicPage),
  }),
  wide('overview', 'overview.title', () =>
    import('#client/features/overview/OverviewPage.tsx').then(file => file.OverviewPage),
  ),
  wide('siteParticipation', 'participation.all', () =>
    import('#client/features/participation/SiteParticipationPage.tsx').then(file => file.SiteParticipationPage),
  ),
  wide('attendance', 'attendance.title', () =>
    import('#client/features/attendance/CourseAttendancePage.tsx').then(file => file.CourseAttendancePage),
  ),
  wide('classAttendance', 'attendance.title', () =>
    import('#client/features/attendance/AttendancePage.tsx').then(file => file.AttendancePage),
  ),
  wide('participation', 'participation.title', () =>
    import('#client/features/participation/ParticipationPage.tsx').then(file => file.ParticipationPage),
  ),
  route('siteAccessibility', {
    title: 'accessibility.siteTitle',
    frame: 'shell',
    access: 'signed-in',
    width: 'wide',
    load: () => import('#client/features/accessibility/SitePage.tsx').then(file => file.SitePage),
  }),
  route('findingsRequest', {
    title: 'accessibility.requestTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/accessibility/RequestPage.tsx').then(file => file.RequestPage),
  }),
  route('accessibility', {
    title: 'accessibility.title',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/accessibility/CoursePage.tsx').then(file => file.CoursePage),
  }),
  wide('progress', 'progress.title', () =>
    import('#client/features/progress/ProgressPage.tsx').then(file => file.ProgressPage),
  ),
  wide('grades', 'app.gradesTitle', () =>
    import('#client/features/grades/GradesPage.tsx').then(file => file.GradesPage),
  ),
  wide('grading', 'grading.title', () =>
    import('#client/features/grades/GradingPage.tsx').then(file => file.GradingPage),
  ),
  route('grade', {
    title: 'app.gradeTitle',
    frame: 'shell',
    access: 'signed-in',
    load: () => import('#client/features/grades/GradePage.tsx').then(file => file.GradePage),
  }),
  ...(import.meta.env.DEV
    ? [
        route('kit', {
          title: 'app.kit',
          frame: 'shell',
          access: 'anyone',
          load: () => import('#client/ui/kit/KitPage.tsx').then(file => file.KitPage),
        }),
      ]
    : []),
]

export type Match = { readonly route: Route; readonly params: { readonly [name: string]: string } }

/** The first route whose pattern fits the path, with its parameters decoded. */
export function findRoute(path: string): Match | undefined {
  for (const one of routes) {
    try {
      const found = exec(path, one.path, { path, query: {}, params: {} })
      if (found) return { route: one, params: found.params }
    } catch {
      // A path with a broken escape fits nothing.
      return undefined
    }
  }
  return undefined
}
