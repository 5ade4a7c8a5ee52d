// What roles, capabilities, permissions and places are called. A capability without words does not compile.
import { locale, type PlainTextKey, t } from '#client/platform/texts.ts'
import type { BuiltInRoleKey, PermissionWord, Place, RoleKey, RoleView } from '#protocol/access.ts'
import type { Capability } from '#protocol/base/roles.ts'

const capabilityTexts: Record<Capability, PlainTextKey> = {
  'site.manage': 'access.canSiteManage',
  'account.manage': 'access.canAccountManage',
  'course.create': 'access.canCourseCreate',
  'course.use-template': 'access.canCourseUseTemplate',
  'course.view': 'access.canCourseView',
  'course.change': 'access.canCourseChange',
  'course.publish': 'access.canCoursePublish',
  'course.conclude': 'access.canCourseConclude',
  'course.remove': 'access.canCourseRemove',
  'course.enrol': 'access.canCourseEnrol',
  'course.view-people': 'access.canCourseViewPeople',
  'group.manage': 'access.canGroupManage',
  'group.join': 'access.canGroupJoin',
  'content.change': 'access.canContentChange',
  'activity.view': 'access.canActivityView',
  'activity.change': 'access.canActivityChange',
  'activity.answer': 'access.canActivityAnswer',
  'live.host': 'access.canLiveHost',
  'live.join': 'access.canLiveJoin',
  'grade.view-all': 'access.canGradeViewAll',
  'grade.change': 'access.canGradeChange',
  'grade.release': 'access.canGradeRelease',
  'attendance.change': 'access.canAttendanceChange',
  'channel.read': 'access.canChannelRead',
  'channel.write': 'access.canChannelWrite',
  'channel.attach': 'access.canChannelAttach',
  'channel.moderate': 'access.canChannelModerate',
  'note.write': 'access.canNoteWrite',
  'role.define': 'access.canRoleDefine',
  'role.give': 'access.canRoleGive',
  'role.rule': 'access.canRoleRule',
  'webhook.manage': 'access.canWebhookManage',
}

export const capabilityWord = (one: Capability): string => t(capabilityTexts[one])

const alsoTexts: Record<Capability, PlainTextKey> = {
  'site.manage': 'access.alsoSiteManage',
  'account.manage': 'access.alsoAccountManage',
  'course.create': 'access.alsoCourseCreate',
  'course.use-template': 'access.alsoCourseUseTemplate',
  'course.view': 'access.alsoCourseView',
  'course.change': 'access.alsoCourseChange',
  'course.publish': 'access.alsoCoursePublish',
  'course.conclude': 'access.alsoCourseConclude',
  'course.remove': 'access.alsoCourseRemove',
  'course.enrol': 'access.alsoCourseEnrol',
  'course.view-people': 'access.alsoCourseViewPeople',
  'group.manage': 'access.alsoGroupManage',
  'group.join': 'access.alsoGroupJoin',
  'content.change': 'access.alsoContentChange',
  'activity.view': 'access.alsoActivityView',
  'activity.change': 'access.alsoActivityChange',
  'activity.answer': 'access.alsoActivityAnswer',
  'live.host': 'access.alsoLiveHost',
  'live.join': 'access.alsoLiveJoin',
  'grade.view-all': 'access.alsoGradeViewAll',
  'grade.change': 'access.alsoGradeChange',
  'grade.release': 'access.alsoGradeRelease',
  'attendance.change': 'access.alsoAttendanceChange',
  'channel.read': 'access.alsoChannelRead',
  'channel.write': 'access.alsoChannelWrite',
  'channel.attach': 'access.alsoChannelAttach',
  'channel.moderate': 'access.alsoChannelModerate',
  'note.write': 'access.alsoNoteWrite',
  'role.define': 'access.alsoRoleDefine',
  'role.give': 'access.alsoRoleGive',
  'role.rule': 'access.alsoRoleRule',
  'webhook.manage': 'access.alsoWebhookManage',
}

/** Whether every word sought is in what a right is called, in what else people call it, or in the heading it stands under. */
export function isCalled(one: Capability, sought: string): boolean {
  const words = [capabilityWord(one), t(alsoTexts[one]), groupWord(one)].join(' ').toLocaleLowerCase(locale)
  return sought
    .toLocaleLowerCase(locale)
    .split(/\s+/)
    .every(word => words.includes(word))
}

const schoolRights: readonly Capability[] = [
  ...(['site.manage', 'account.manage', 'course.create', 'role.define', 'webhook.manage'] as const),
]

/** Rights of the whole school alone: what a department or course says about them does nothing there. */
export const isOfSchool = (one: Capability): boolean => schoolRights.includes(one)

const groupOf: Readonly<Record<string, PlainTextKey>> = {
  site: 'access.groupSite',
  account: 'access.groupSite',
  webhook: 'access.groupSite',
  activity: 'access.groupActivity',
  live: 'access.groupActivity',
  grade: 'access.groupActivity',
  attendance: 'access.groupActivity',
  channel: 'access.groupTalk',
  note: 'access.groupTalk',
  role: 'access.groupRole',
}

const groupKey = (one: Capability): PlainTextKey => groupOf[one.split('.')[0] ?? ''] ?? 'access.groupCourse'

/** The heading under which people look for a right. */
const groupWord = (one: Capability): string => t(groupKey(one))

/** Things that name a capability under the headings people look for them, in the order of the list. */
export function grouped<T extends { readonly capability: Capability }>(all: readonly T[]): [string, readonly T[]][] {
  const found = new Map<PlainTextKey, T[]>()
  for (const one of all) {
    const key = groupKey(one.capability)
    found.set(key, [...(found.get(key) ?? []), one])
  }
  return [...found].map(([key, those]) => [t(key), those])
}

const builtInTexts: Record<BuiltInRoleKey, PlainTextKey> = {
  instructor: 'courses.instructor',
  assistant: 'courses.assistant',
  learner: 'courses.learner',
  guest: 'courses.guest',
  member: 'access.member',
}

export const builtInWord = (key: BuiltInRoleKey): string => t(builtInTexts[key])

/** What a role is called: its own name, or the reader's word for one that every Lectern has. */
export const roleName = ({ key, name }: Pick<RoleView, 'key' | 'name'>): string =>
  key in builtInTexts ? builtInWord(key as BuiltInRoleKey) : name

/** The same for a key, looked up among the roles; a role that was removed since keeps its place by a dash. */
export function roleNameOf(key: RoleKey, roles: readonly RoleView[]): string {
  const found = roles.find(one => one.key === key)
  return found ? roleName(found) : key in builtInTexts ? builtInWord(key as BuiltInRoleKey) : '–'
}

/** Several roles in a sentence; very many are counted. */
export function rolesWords(keys: readonly RoleKey[], roles: readonly RoleView[]): string {
  if (keys.length > 5) return t('access.forRoles', { count: keys.length })
  return new Intl.ListFormat(locale).format(keys.map(key => roleNameOf(key, roles)))
}

const permissionTexts: Record<PermissionWord, PlainTextKey> = {
  inherit: 'access.inherit',
  allow: 'access.allow',
  prevent: 'access.prevent',
  prohibit: 'access.prohibit',
}

export const permissionWord = (one: PermissionWord): string => t(permissionTexts[one])

const kindTexts: Record<Place['kind'], PlainTextKey> = {
  site: 'access.kindSite',
  department: 'access.kindDepartment',
  course: 'access.kindCourse',
  group: 'access.kindGroup',
  item: 'access.kindItem',
}

export const kindWord = (kind: Place['kind']): string => t(kindTexts[kind])

/** What a place is called. */
export const placeName = (place: Place): string =>
  place.kind === 'site' ? t('access.whole') : place.name === '' ? kindWord(place.kind) : place.name
