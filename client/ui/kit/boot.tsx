// Boot of the kit alone, without any feature: for looking at it and for its story. Never part of what is shipped.
import { render } from 'preact'
import { App } from '#client/app/App.tsx'
import { startScrollMemory } from '#client/app/scroll.ts'
import { startTheme } from '#client/app/theme.ts'

startTheme()
startScrollMemory()

const root = document.getElementById('app')
if (root) render(<App />, root)
