// The Arabic words of the first screens: see ../en/door.ts.
import type { Catalogue } from '../text.ts'
import { accounts } from './accounts.ts'
import { activities } from './activities.ts'
import { app } from './app.ts'
import { calendar } from './calendar.ts'
import { channels } from './channels.ts'
import { check } from './check.ts'
import { consent } from './consent.ts'
import { factors } from './factors.ts'
import { files } from './files.ts'
import { forum } from './forum.ts'
import { keys } from './keys.ts'
import { live } from './live.ts'
import { mail } from './mail.ts'
import { notes } from './notes.ts'
import { notifications } from './notifications.ts'
import { palette } from './palette.ts'
import { preview } from './preview.ts'
import { problems } from './problems.ts'
import { providers } from './providers.ts'
import { questions } from './questions.ts'
import { today } from './today.ts'
import { ui } from './ui.ts'

export const door = {
  accounts,
  activities,
  app,
  calendar,
  channels,
  check,
  consent,
  factors,
  files,
  forum,
  keys,
  live,
  mail,
  notes,
  notifications,
  palette,
  preview,
  problems,
  providers,
  questions,
  today,
  ui,
} as const satisfies Catalogue
