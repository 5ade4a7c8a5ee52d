// Boot of the client: theme and scroll memory first, then the frame. Features that fill the frame start here.
import { render } from 'preact'
import { App } from '#client/app/App.tsx'
import { startScrollMemory } from '#client/app/scroll.ts'
import { startTheme } from '#client/app/theme.ts'
import { startContent } from '#client/features/content/boot.ts'
import { startCourses } from '#client/features/courses/boot.ts'

startTheme()
startScrollMemory()
startCourses()
startContent()

const root = document.getElementById('app')
if (root) render(<App />, root)
