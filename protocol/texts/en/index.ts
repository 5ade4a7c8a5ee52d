// The English catalogue, one file a feature. A feature adds its file and its line here; the key is `feature.key`.
import { access } from '#protocol/texts/en/access.ts'
import { accessibility } from '#protocol/texts/en/accessibility.ts'
import { accounts } from '#protocol/texts/en/accounts.ts'
import { activities } from '#protocol/texts/en/activities.ts'
import { app } from '#protocol/texts/en/app.ts'
import { archives } from '#protocol/texts/en/archives.ts'
import { assignments } from '#protocol/texts/en/assignments.ts'
import { attempts } from '#protocol/texts/en/attempts.ts'
import { attendance } from '#protocol/texts/en/attendance.ts'
import { audit } from '#protocol/texts/en/audit.ts'
import { calendar } from '#protocol/texts/en/calendar.ts'
import { channels } from '#protocol/texts/en/channels.ts'
import { check } from '#protocol/texts/en/check.ts'
import { cohorts } from '#protocol/texts/en/cohorts.ts'
import { conditions } from '#protocol/texts/en/conditions.ts'
import { consent } from '#protocol/texts/en/consent.ts'
import { content } from '#protocol/texts/en/content.ts'
import { copy } from '#protocol/texts/en/copy.ts'
import { courses } from '#protocol/texts/en/courses.ts'
import { factors } from '#protocol/texts/en/factors.ts'
import { files } from '#protocol/texts/en/files.ts'
import { forum } from '#protocol/texts/en/forum.ts'
import { glossaries } from '#protocol/texts/en/glossaries.ts'
import { grades } from '#protocol/texts/en/grades.ts'
import { grading } from '#protocol/texts/en/grading.ts'
import { groups } from '#protocol/texts/en/groups.ts'
import { imports } from '#protocol/texts/en/imports.ts'
import { keys } from '#protocol/texts/en/keys.ts'
import { lessons } from '#protocol/texts/en/lessons.ts'
import { links } from '#protocol/texts/en/links.ts'
import { live } from '#protocol/texts/en/live.ts'
import { mail } from '#protocol/texts/en/mail.ts'
import { meetings } from '#protocol/texts/en/meetings.ts'
import { notes } from '#protocol/texts/en/notes.ts'
import { notifications } from '#protocol/texts/en/notifications.ts'
import { observers } from '#protocol/texts/en/observers.ts'
import { openings } from '#protocol/texts/en/openings.ts'
import { organisation } from '#protocol/texts/en/organisation.ts'
import { overview } from '#protocol/texts/en/overview.ts'
import { packages } from '#protocol/texts/en/packages.ts'
import { palette } from '#protocol/texts/en/palette.ts'
import { participation } from '#protocol/texts/en/participation.ts'
import { people } from '#protocol/texts/en/people.ts'
import { preview } from '#protocol/texts/en/preview.ts'
import { privacy } from '#protocol/texts/en/privacy.ts'
import { problems } from '#protocol/texts/en/problems.ts'
import { progress } from '#protocol/texts/en/progress.ts'
import { providers } from '#protocol/texts/en/providers.ts'
import { questions } from '#protocol/texts/en/questions.ts'
import { search } from '#protocol/texts/en/search.ts'
import { surveys } from '#protocol/texts/en/surveys.ts'
import { today } from '#protocol/texts/en/today.ts'
import { tokens } from '#protocol/texts/en/tokens.ts'
import { ui } from '#protocol/texts/en/ui.ts'
import { webhooks } from '#protocol/texts/en/webhooks.ts'
import type { Catalogue, KeyOf } from '#protocol/texts/text.ts'

export const en = {
  access,
  accessibility,
  accounts,
  activities,
  app,
  archives,
  assignments,
  attempts,
  attendance,
  audit,
  calendar,
  channels,
  check,
  conditions,
  consent,
  content,
  links,
  cohorts,
  copy,
  courses,
  factors,
  files,
  forum,
  glossaries,
  grades,
  grading,
  groups,
  imports,
  keys,
  live,
  meetings,
  mail,
  notes,
  observers,
  openings,
  organisation,
  overview,
  packages,
  notifications,
  palette,
  participation,
  people,
  preview,
  privacy,
  problems,
  progress,
  providers,
  questions,
  search,
  lessons,
  surveys,
  today,
  tokens,
  ui,
  webhooks,
} as const

export type Texts = typeof en

/** The catalogue of another language; what it does not say is said in English. */
export function filledWithEnglish(theirs: Catalogue): Texts {
  const filled = Object.entries(en).map(([feature, words]) => [feature, { ...words, ...theirs[feature] }])
  return Object.fromEntries(filled) as Texts
}
export type TextKey = KeyOf<Texts>
