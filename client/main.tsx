// Boot of the client: theme and scroll memory first, then the frame. Features that fill the frame start here.
import { render } from 'preact'
import * as z from 'zod/mini'
import { App } from '#client/app/App.tsx'
import { startConnection } from '#client/app/connection.ts'
import { startInstall } from '#client/app/install.ts'
import { startShortcuts } from '#client/app/keys/shortcuts.ts'
import { startPalette } from '#client/app/palette/frame-choices.ts'
import { startScrollMemory } from '#client/app/scroll.ts'
import { startTheme } from '#client/app/theme.ts'
import { startAccess } from '#client/features/access/boot.ts'
import { startAccessibility } from '#client/features/accessibility/boot.ts'
import { startAccountPalette } from '#client/features/accounts/palette.ts'
import { startPictures } from '#client/features/accounts/pictures.ts'
import { startAccounts } from '#client/features/accounts/store.ts'
import { startActivities } from '#client/features/activities/boot.ts'
import { startAssignments } from '#client/features/assignments/boot.ts'
import { startAttendance } from '#client/features/attendance/boot.ts'
import { startChannels } from '#client/features/channels/boot.tsx'
import { startForum } from '#client/features/channels/forum/boot.tsx'
import { startCohorts } from '#client/features/cohorts/boot.ts'
import { startConsent } from '#client/features/consent/boot.ts'
import { startContent } from '#client/features/content/boot.ts'
import { startCourses } from '#client/features/courses/boot.ts'
import { startHeadings } from '#client/features/courses/headings.ts'
import { startFiles } from '#client/features/files/boot.ts'
import { startGlossaries } from '#client/features/glossaries/boot.ts'
import { startGrades } from '#client/features/grades/boot.ts'
import { startGroups } from '#client/features/groups/boot.ts'
import { startLessons } from '#client/features/lessons/boot.ts'
import { startLinks } from '#client/features/links/boot.ts'
import { startLive } from '#client/features/live/boot.ts'
import { startLivePalette } from '#client/features/live/palette.tsx'
import { startMeetings } from '#client/features/meetings/boot.ts'
import { startNotes } from '#client/features/notes/boot.ts'
import { startNotifications } from '#client/features/notifications/boot.ts'
import { startObservers } from '#client/features/observers/boot.ts'
import { startOverview } from '#client/features/overview/boot.ts'
import { startPackages } from '#client/features/packages/boot.ts'
import { startParticipation } from '#client/features/participation/boot.ts'
import { startPreview } from '#client/features/preview/boot.ts'
import { startProgress } from '#client/features/progress/boot.ts'
import { startQuizzes } from '#client/features/quizzes/boot.ts'
import { startSearch } from '#client/features/search/boot.ts'
import { startSurveys } from '#client/features/surveys/boot.ts'
import { startToday } from '#client/features/today/boot.ts'
import { loadTexts } from '#client/platform/texts.ts'

// The page's policy forbids the functions that the schemas would otherwise write for speed.
z.config({ jitless: true })

await loadTexts()
startTheme()
startInstall()
startPreview()
startScrollMemory()
startAccounts()
startPictures()
startConnection()
startAccountPalette()
startToday()
startShortcuts()
startCourses()
startGroups()
startCohorts()
startContent()
startHeadings()
startLinks()
startGlossaries()
startAssignments()
startPackages()
startSurveys()
startLessons()
startMeetings()
startFiles()
startActivities()
startQuizzes()
startGrades()
startAttendance()
startNotes()
startLive()
startLivePalette()
startProgress()
startObservers()
startConsent()
startParticipation()
startAccessibility()
startOverview()
startAccess()
startForum()
startChannels()
startNotifications()
startSearch()
startPalette()

const root = document.getElementById('app')
if (root) render(<App />, root)
