// Words for what stands in the list of the school's people.
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { PersonState } from '#protocol/accounts/people.ts'
import type { KeptPart } from '#protocol/accounts.ts'
import type { SiteRole } from '#protocol/base/roles.ts'

const roleTexts = {
  administrator: 'accounts.administrator',
  member: 'accounts.member',
  guest: 'accounts.guest',
} as const satisfies Record<SiteRole, string>

const stateTexts = {
  active: 'people.active',
  waiting: 'people.waiting',
  suspended: 'people.suspended',
} as const satisfies Record<PersonState, string>

/** What somebody is in the school, in a word. */
export const roleWord = (role: SiteRole): string => t(roleTexts[role])

/** Whether they come in, in a word. */
export const stateWord = (state: PersonState): string => t(stateTexts[state])

const featureTexts: Readonly<Record<string, PlainTextKey>> = {
  accounts: 'people.keptAccount',
  audit: 'people.keptTrail',
  access: 'people.keptRoles',
  courses: 'people.keptCourses',
  activities: 'people.keptAnswers',
  grades: 'people.keptGrades',
  channels: 'people.keptMessages',
  notes: 'people.keptNotes',
  live: 'people.keptClasses',
  notifications: 'people.keptNotices',
  progress: 'people.keptProgress',
}

/** What is kept, a line a feature, the most first: how many records and of what. */
export function keptLines(parts: readonly KeptPart[]): { readonly label: string; readonly count: number }[] {
  const sums = new Map<string, number>()
  for (const { feature, count } of parts) {
    const key = featureTexts[feature] ? feature : ''
    sums.set(key, (sums.get(key) ?? 0) + count)
  }
  return [...sums]
    .map(([feature, count]) => ({ label: t(featureTexts[feature] ?? 'people.keptOther'), count }))
    .sort((a, b) => b.count - a.count)
}
