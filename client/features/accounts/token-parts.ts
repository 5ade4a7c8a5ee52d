// What a token is opened to, in words, and the groups in which its parts are shown.
import { locale, t } from '#client/platform/texts.ts'
import type { TokenScope } from '#protocol/accounts/tokens.ts'
import { everyPart, isAlone, type TokenPart } from '#protocol/base/reach.ts'

export type Reach = 'read' | 'write'

/** What was chosen, part by part. */
export type Chosen = Readonly<Partial<Record<TokenPart, Reach>>>

const groupOf = {
  courses: 'content',
  conditions: 'content',
  groups: 'content',
  files: 'content',
  content: 'content',
  glossaries: 'content',
  links: 'content',
  lessons: 'content',
  packages: 'content',
  archives: 'content',
  accessibility: 'content',
  questions: 'work',
  activities: 'work',
  quizzes: 'work',
  assignments: 'work',
  surveys: 'work',
  grades: 'work',
  progress: 'work',
  live: 'together',
  meetings: 'together',
  attendance: 'together',
  channels: 'together',
  notes: 'together',
  participation: 'together',
  overview: 'together',
  accounts: 'own',
  today: 'own',
  notifications: 'own',
  calendar: 'own',
  search: 'own',
  cohorts: 'school',
  organisation: 'school',
  mail: 'school',
  consent: 'school',
  people: 'school',
  imports: 'school',
  observers: 'school',
  access: 'school',
  privacy: 'school',
  audit: 'school',
  webhooks: 'school',
  meetingServers: 'school',
} as const satisfies Record<TokenPart, string>

export type PartGroup = (typeof groupOf)[TokenPart] | 'alone'

const groups: readonly PartGroup[] = ['content', 'work', 'together', 'own', 'school', 'alone']

/** The parts by group, those whose name or word holds `words`; with `aloneOnly` what everything does not hold. */
export function partsByGroup(words: string, aloneOnly: boolean): { group: PartGroup; parts: TokenPart[] }[] {
  const wanted = words.trim().toLocaleLowerCase(locale)
  const shown = (part: TokenPart) =>
    (!aloneOnly || isAlone(part)) && `${part} ${t(`tokens.part_${part}`)}`.toLocaleLowerCase(locale).includes(wanted)
  return groups
    .map(group => ({
      group,
      parts: everyPart.filter(part => (isAlone(part) ? 'alone' : groupOf[part]) === group && shown(part)),
    }))
    .filter(({ parts }) => parts.length > 0)
}

/** What a token may do, in words. */
export function reachOf(scopes: readonly TokenScope[]): string {
  const partsOf = (reach: Reach) => everyPart.filter(part => scopes.includes(`${part}:${reach}`))
  const listed = (parts: readonly TokenPart[]) =>
    new Intl.ListFormat(locale, { type: 'unit' }).format(parts.map(part => t(`tokens.part_${part}`)))
  const [read, write] = [partsOf('read'), partsOf('write')]
  return [
    scopes.includes('all:write') ? t('accounts.tokenAllWrite') : '',
    scopes.includes('all:read') ? t('accounts.tokenAllRead') : '',
    read.length > 0 ? t('tokens.reads', { parts: listed(read) }) : '',
    write.length > 0 ? t('tokens.writes', { parts: listed(write) }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}
