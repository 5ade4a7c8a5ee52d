// What stands in the details of an entry, in words: roles, rights, states, people and things by name, moments by the reader's
// clock. What has no words is shown as it is kept.
import { builtInWord, capabilityWord, permissionWord } from '#client/features/access/words.ts'
import { treeWords } from '#client/features/conditions/words.ts'
import { stateWords } from '#client/features/courses/life.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { locale, t } from '#client/platform/texts.ts'
import type { AuditEntry } from '#protocol/audit.ts'
import { type Capability, capabilities } from '#protocol/base/roles.ts'
import { type ConditionNode, conditionTree } from '#protocol/conditions.ts'
import { type CoursePart, coursePart } from '#protocol/progress/course.ts'
import { keyWords } from './words.ts'

const isInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/
/** How an id looks. */
export const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const builtIn = new Set(['instructor', 'assistant', 'learner', 'guest', 'member'])
const permissions = new Set(['inherit', 'allow', 'prevent', 'prohibit'])

/** Keys whose words are the names of roles. */
const roleKeys = new Set(['role', 'roles', 'siteRole', 'basedOn', 'copyOf'])

const howTexts = {
  'by hand': 'courses.byHand',
  'join code': 'courses.byCode',
  cohort: 'courses.byCohort',
  invitation: 'courses.byInvitation',
} as const

function textWords(key: string, value: string, names: AuditEntry['names']): string {
  if (isInstant.test(value)) return dayAndTime(value)
  if (roleKeys.has(key) && value === 'administrator') return t('audit.administrator')
  if (roleKeys.has(key) && builtIn.has(value)) return builtInWord(value as Parameters<typeof builtInWord>[0])
  if (capabilities.some(one => one === value)) return capabilityWord(value as Capability)
  if (key === 'says' && permissions.has(value)) return permissionWord(value as Parameters<typeof permissionWord>[0])
  if (key === 'state' && value in stateWords) return t(stateWords[value as keyof typeof stateWords])
  if (key === 'how' && value in howTexts) return t(howTexts[value as keyof typeof howTexts])
  if (key === 'need' && (value === 'all' || value === 'any'))
    return t(value === 'all' ? 'audit.needAll' : 'audit.needAny')
  if (key === 'asks' && value in asksTexts) return t(asksTexts[value as keyof typeof asksTexts])
  if (key === 'madeFrom' && value === 'file') return t('audit.aFile')
  if (isId.test(value)) return names?.[value] ?? t('audit.nameless')
  return value
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** What completes a course, a part at a time. */
function partWords(part: CoursePart, names: AuditEntry['names']): string {
  switch (part.kind) {
    case 'items':
      return t(part.need === 'all' ? 'audit.partItemsAll' : 'audit.partItemsAny', {
        items: valueWords('items', part.itemIds, names),
      })
    case 'grade':
      return t('audit.partGrade', { percent: part.percent })
    case 'date':
      return t('audit.partDate', { when: dayAndTime(part.at) })
    case 'days':
      return t('audit.partDays', { count: part.days })
    case 'self':
      return t('audit.partSelf')
    case 'teacher':
      return t('audit.partTeacher')
  }
}

/** Conditions as they read where they are set, with what they are about by its name. */
const treeIn = (tree: ConditionNode, names: AuditEntry['names']): string =>
  treeWords(tree, {
    zone,
    targets: new Map(
      Object.entries(names ?? {}).map(([id, title]) => [id, { id, state: 'there', title, itemId: null }] as const),
    ),
  })

const asksTexts = {
  usual: 'progress.ruleUsual',
  'by-hand': 'progress.ruleByHand',
  score: 'progress.ruleScore',
  nothing: 'progress.ruleNothing',
} as const

/** A value under its key, in words; a dash for nothing. */
export function valueWords(key: string, value: unknown, names?: AuditEntry['names']): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value)
  const part = key === 'parts' ? coursePart.safeParse(value).data : undefined
  if (part) return partWords(part, names)
  const tree = key === 'tree' ? conditionTree.safeParse(value).data : undefined
  if (tree) return treeIn(tree, names)
  if (Array.isArray(value))
    return value.length === 0 ? '–' : new Intl.ListFormat(locale).format(value.map(one => valueWords(key, one, names)))
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([part, one]) => t('audit.keyed', { key: keyWords(part), value: valueWords(part, one, names) }))
      .join(', ')
  return textWords(key, String(value), names)
}
