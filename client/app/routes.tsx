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
  wide('sitePeople', 'people.title', () =>
    import('#client/features/accounts/people/SitePeoplePage.tsx').then(file => file.SitePeoplePage),
  ),
  column('profileFields', 'people.fields', () =>
    import('#client/features/accounts/profile/FieldsPage.tsx').then(file => file.FieldsPage),
  ),
  column('providers', 'providers.title', () =>
    import('#client/features/providers/ProvidersPage.tsx').then(file => file.ProvidersPage),
  ),
  column('audit', 'audit.title', () => import('#client/features/audit/AuditPage.tsx').then(file => file.AuditPage)),
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
  column('privacy', 'privacy.title', () =>
    import('#client/features/privacy/PrivacyPage.tsx').then(file => file.PrivacyPage),
  ),
  column('imports', 'imports.title', () =>
    import('#client/features/imports/ImportsPage.tsx').then(file => file.ImportsPage),
  ),
  column('import', 'imports.one', () =>
    import('#client/features/imports/ImportPage.tsx').then(file => file.ImportPage),
  ),
  column('person', 'people.profile', () =>
    import('#client/features/accounts/profile/ProfilePage.tsx').then(file => file.ProfilePage),
  ),
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
  column('blocked', 'channels.blockedTitle', () =>
    import('#client/features/channels/BlockedPage.tsx').then(file => file.BlockedPage),
  ),
  column('sessions', 'app.sessions', () =>
    import('#client/features/accounts/SessionsPage.tsx').then(file => file.SessionsPage),
  ),
  column('schoolRules', 'access.schoolRules', () =>
    import('#client/features/access/SchoolRulesPage.tsx').then(file => file.SchoolRulesPage),
  ),
  column('roles', 'access.title', () => import('#client/features/access/RolesPage.tsx').then(file => file.RolesPage)),
  column('role', 'access.title', () => import('#client/features/access/RolePage.tsx').then(file => file.RolePage)),
  column('rolePlace', 'access.title', () =>
    import('#client/features/access/PlacePage.tsx').then(file => file.PlacePage),
  ),
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
  column('search', 'search.title', () =>
    import('#client/features/search/SearchPage.tsx').then(file => file.SearchPage),
  ),
  column('courses', 'app.courses', () =>
    import('#client/features/courses/CoursesPage.tsx').then(file => file.CoursesPage),
  ),
  column('course', 'app.courseTitle', () =>
    import('#client/features/courses/CoursePage.tsx').then(file => file.CoursePage),
  ),
  column('catalogue', 'openings.title', () =>
    import('#client/features/openings/CataloguePage.tsx').then(file => file.CataloguePage),
  ),
  column('openCourse', 'openings.title', () =>
    import('#client/features/openings/OpenCoursePage.tsx').then(file => file.OpenCoursePage),
  ),
  column('courseSettings', 'courses.settings', () =>
    import('#client/features/courses/SettingsPage.tsx').then(file => file.SettingsPage),
  ),
  column('courseCopy', 'courses.copyTitle', () =>
    import('#client/features/courses/CopyPage.tsx').then(file => file.CopyPage),
  ),
  column('template', 'courses.templateUse', () =>
    import('#client/features/courses/TemplatePage.tsx').then(file => file.TemplatePage),
  ),
  column('courseExports', 'archives.export', () =>
    import('#client/features/archives/ExportsPage.tsx').then(file => file.ExportsPage),
  ),
  column('importCourse', 'archives.import', () =>
    import('#client/features/archives/ImportCoursePage.tsx').then(file => file.ImportCoursePage),
  ),
  column('courseLog', 'courses.log', () => import('#client/features/courses/LogPage.tsx').then(file => file.LogPage)),
  column('courseRemoved', 'courses.removedTitle', () =>
    import('#client/features/courses/RemovedPage.tsx').then(file => file.RemovedPage),
  ),
  wide('bin', 'courses.binTitle', () => import('#client/features/courses/BinPage.tsx').then(file => file.BinPage)),
  wide('organisation', 'organisation.title', () =>
    import('#client/features/organisation/OrganisationPage.tsx').then(file => file.OrganisationPage),
  ),
  column('cohorts', 'cohorts.title', () =>
    import('#client/features/cohorts/CohortsPage.tsx').then(file => file.CohortsPage),
  ),
  column('cohort', 'cohorts.cohort', () =>
    import('#client/features/cohorts/CohortPage.tsx').then(file => file.CohortPage),
  ),
  wide('people', 'app.peopleTitle', () =>
    import('#client/features/courses/PeoplePage.tsx').then(file => file.PeoplePage),
  ),
  wide('groups', 'groups.title', () => import('#client/features/groups/GroupsPage.tsx').then(file => file.GroupsPage)),
  column('page', 'app.pageTitle', () => import('#client/features/content/PagePage.tsx').then(file => file.PagePage)),
  column('link', 'links.link', () => import('#client/features/links/LinkPage.tsx').then(file => file.LinkPage)),
  column('assignment', 'assignments.assignment', () =>
    import('#client/features/assignments/AssignmentPage.tsx').then(file => file.AssignmentPage),
  ),
  column('submission', 'assignments.submissions', () =>
    import('#client/features/assignments/SubmissionPage.tsx').then(file => file.SubmissionPage),
  ),
  column('package', 'packages.package', () =>
    import('#client/features/packages/PackagePage.tsx').then(file => file.PackagePage),
  ),
  column('glossary', 'glossaries.glossary', () =>
    import('#client/features/glossaries/GlossaryPage.tsx').then(file => file.GlossaryPage),
  ),
  column('glossaryEntry', 'glossaries.glossary', () =>
    import('#client/features/glossaries/EntryPage.tsx').then(file => file.EntryPage),
  ),
  column('survey', 'surveys.survey', () =>
    import('#client/features/surveys/SurveyPage.tsx').then(file => file.SurveyPage),
  ),
  column('lesson', 'lessons.lesson', () =>
    import('#client/features/lessons/LessonPage.tsx').then(file => file.LessonPage),
  ),
  column('lessonPage', 'lessons.writePage', () =>
    import('#client/features/lessons/WritePage.tsx').then(file => file.WritePage),
  ),
  column('meeting', 'meetings.meeting', () =>
    import('#client/features/meetings/MeetingPage.tsx').then(file => file.MeetingPage),
  ),
  column('meetingServers', 'meetings.servers', () =>
    import('#client/features/meetings/ServersPage.tsx').then(file => file.ServersPage),
  ),
  column('webhooks', 'webhooks.title', () =>
    import('#client/features/webhooks/WebhooksPage.tsx').then(file => file.WebhooksPage),
  ),
  column('webhook', 'webhooks.one', () =>
    import('#client/features/webhooks/WebhookPage.tsx').then(file => file.WebhookPage),
  ),
  column('files', 'files.title', () => import('#client/features/files/FilesPage.tsx').then(file => file.FilesPage)),
  column('file', 'files.file', () => import('#client/features/files/FilePage.tsx').then(file => file.FilePage)),
  column('folder', 'files.folder', () => import('#client/features/files/FolderPage.tsx').then(file => file.FolderPage)),
  column('notes', 'notes.title', () => import('#client/features/notes/NotesPage.tsx').then(file => file.NotesPage)),
  column('note', 'notes.note', () => import('#client/features/notes/NotePage.tsx').then(file => file.NotePage)),
  column('joinCourse', 'app.joinCourseTitle', () =>
    import('#client/features/courses/JoinCoursePage.tsx').then(file => file.JoinCoursePage),
  ),
  column('activity', 'app.activityTitle', () =>
    import('#client/features/activities/ActivityPage.tsx').then(file => file.ActivityPage),
  ),
  column('homework', 'app.homeworkTitle', () =>
    import('#client/features/quizzes/HomeworkPage.tsx').then(file => file.HomeworkPage),
  ),
  column('live', 'live.nowTitle', () => import('#client/features/live/LivePage.tsx').then(file => file.LivePage)),
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
  wide('classReport', 'app.classTitle', () =>
    import('#client/features/live/ClassReportPage.tsx').then(file => file.ClassReportPage),
  ),
  column('chat', 'channels.chat', () =>
    import('#client/features/channels/CourseTalkPage.tsx').then(file => file.ChatPage),
  ),
  column('announcements', 'channels.announcements', () =>
    import('#client/features/channels/CourseTalkPage.tsx').then(file => file.AnnouncementsPage),
  ),
  wide('calendar', 'calendar.title', () =>
    import('#client/features/calendar/CalendarPage.tsx').then(file => file.CalendarPage),
  ),
  column('inbox', 'app.inbox', () => import('#client/features/channels/InboxPage.tsx').then(file => file.InboxPage)),
  column('talk', 'channels.talk', () => import('#client/features/channels/TalkPage.tsx').then(file => file.TalkPage)),
  column('forum', 'forum.title', () =>
    import('#client/features/channels/forum/ForumPage.tsx').then(file => file.ForumPage),
  ),
  column('placedForum', 'forum.title', () =>
    import('#client/features/channels/forum/PlacedForumPage.tsx').then(file => file.PlacedForumPage),
  ),
  column('topic', 'forum.topic', () =>
    import('#client/features/channels/forum/TopicPage.tsx').then(file => file.TopicPage),
  ),
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
  wide('siteAccessibility', 'accessibility.siteTitle', () =>
    import('#client/features/accessibility/SitePage.tsx').then(file => file.SitePage),
  ),
  column('findingsRequest', 'accessibility.requestTitle', () =>
    import('#client/features/accessibility/RequestPage.tsx').then(file => file.RequestPage),
  ),
  column('accessibility', 'accessibility.title', () =>
    import('#client/features/accessibility/CoursePage.tsx').then(file => file.CoursePage),
  ),
  wide('progress', 'progress.title', () =>
    import('#client/features/progress/ProgressPage.tsx').then(file => file.ProgressPage),
  ),
  wide('grades', 'app.gradesTitle', () =>
    import('#client/features/grades/GradesPage.tsx').then(file => file.GradesPage),
  ),
  wide('grading', 'grading.title', () =>
    import('#client/features/grades/GradingPage.tsx').then(file => file.GradingPage),
  ),
  column('grade', 'app.gradeTitle', () => import('#client/features/grades/GradePage.tsx').then(file => file.GradePage)),
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
