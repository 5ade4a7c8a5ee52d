// What access tokens reach: every area of calls says here which part of a token opens it, or that none does. A feature
// cannot name its calls before it has decided (`defineRoutes` takes no other areas).

interface Part {
  /** Only reading there is opened. */
  readonly readOnly?: true
  /** Chosen by itself: `all` does not hold it. For what reaches past the token's end, or over other people's rights. */
  readonly alone?: true
}

/** What a token can be opened to, each for reading or writing. Their words are on the page where tokens are made. */
export const tokenParts = {
  accounts: { readOnly: true },
  courses: {},
  conditions: {},
  groups: {},
  files: {},
  content: {},
  glossaries: {},
  links: {},
  lessons: {},
  packages: {},
  questions: {},
  activities: {},
  quizzes: {},
  assignments: {},
  surveys: {},
  grades: {},
  progress: {},
  meetings: {},
  live: {},
  attendance: {},
  channels: {},
  notes: {},
  archives: {},
  accessibility: {},
  today: {},
  notifications: {},
  calendar: {},
  search: { readOnly: true },
  participation: { readOnly: true },
  overview: { readOnly: true },
  cohorts: {},
  organisation: {},
  mail: {},
  consent: { readOnly: true },
  people: { alone: true },
  imports: { alone: true },
  observers: { alone: true },
  access: { alone: true },
  privacy: { alone: true },
  audit: { readOnly: true, alone: true },
  webhooks: { alone: true },
  meetingServers: { alone: true },
} as const satisfies Record<string, Part>

/** One thing a token can be opened to. */
export type TokenPart = keyof typeof tokenParts

/** The part that opens a call; null: no token does. */
type Opened = TokenPart | null

interface Area {
  readonly opened: Opened
  /** Calls of the area that are opened by something else, by their verb. */
  readonly but?: Readonly<Record<string, Opened>>
}

const by = (part: TokenPart): Area => ({ opened: part })
const never: Area = { opened: null }

/** Every area of calls, which is the first word of their names. */
export const callAreas = {
  /** A person's way in is theirs alone: no token signs in, sees or ends sessions, makes tokens or changes who somebody is. */
  accounts: {
    opened: null,
    but: {
      ...{ me: 'accounts', profile: 'accounts', avatar: 'accounts', avatars: 'accounts' },
      ...{ people: 'people', countPeople: 'people', addPerson: 'people', suspend: 'people', reactivate: 'people' },
      ...{
        changeMinor: 'people',
        renamePerson: 'people',
        fillProfile: 'people',
        listFields: 'people',
        createField: 'people',
      },
      ...{ changeField: 'people', moveField: 'people', removeField: 'people', restoreField: 'people' },
      ...{ invite: 'people', listInvitations: 'people', revokeInvitation: 'people', sendInvitation: 'people' },
      ...{ invitationMail: 'people', export: 'privacy' },
    },
  },
  factors: never,
  providers: never,
  /** Lectern as somebody else sees it is for eyes. */
  preview: never,
  /** Only over the socket, to which no token leads. */
  realtime: never,
  /** Open to all; there is nothing to open. */
  check: never,
  access: by('access'),
  audit: by('audit'),
  mail: by('mail'),
  departments: by('organisation'),
  terms: by('organisation'),
  courses: by('courses'),
  conditions: by('conditions'),
  groups: by('groups'),
  search: by('search'),
  cohorts: by('cohorts'),
  openings: by('courses'),
  imports: by('imports'),
  files: by('files'),
  content: by('content'),
  glossaries: by('glossaries'),
  links: by('links'),
  meetings: by('meetings'),
  meetingServers: by('meetingServers'),
  questions: by('questions'),
  activities: by('activities'),
  grades: by('grades'),
  assignments: by('assignments'),
  packages: by('packages'),
  surveys: by('surveys'),
  lessons: by('lessons'),
  channels: by('channels'),
  topics: by('channels'),
  notes: by('notes'),
  quizzes: by('quizzes'),
  live: by('live'),
  attendance: by('attendance'),
  archives: by('archives'),
  notifications: by('notifications'),
  webhooks: by('webhooks'),
  privacy: by('privacy'),
  accessibility: by('accessibility'),
  calendar: by('calendar'),
  progress: by('progress'),
  observers: by('observers'),
  /** Agreeing is for the person themselves. */
  consent: by('consent'),
  overview: by('overview'),
  participation: by('participation'),
  today: by('today'),
} as const satisfies Record<string, Area>

/** The first word of a call's name. */
export type CallArea = keyof typeof callAreas

interface Asked {
  readonly name: string
  readonly kind: 'read' | 'write'
}

/** The part that opens a call, `<area>.<verb>`; null: no token does, also where nothing is known of it. */
function partOf({ name, kind }: Asked): TokenPart | null {
  const dot = name.indexOf('.')
  const areas: Readonly<Record<string, Area>> = callAreas
  const area = Object.hasOwn(areas, name.slice(0, dot)) ? areas[name.slice(0, dot)] : undefined
  if (!area) return null
  const verb = name.slice(dot + 1)
  const part = area.but && Object.hasOwn(area.but, verb) ? (area.but[verb] ?? null) : area.opened
  return part !== null && kind === 'write' && isReadOnly(part) ? null : part
}

/** Only reading is opened there. */
export const isReadOnly = (part: TokenPart): boolean => (tokenParts[part] as Part).readOnly === true

/** `all` does not hold it. */
export const isAlone = (part: TokenPart): boolean => (tokenParts[part] as Part).alone === true

/** The scopes each of which opens a call, the narrowest first; none where no token may make it. */
export function scopesOfCall(call: Asked): readonly string[] {
  const part = partOf(call)
  if (part === null) return []
  const wide = isReadOnly(part) ? [] : [`${part}:write`]
  const own = call.kind === 'read' ? [`${part}:read`, ...wide] : wide
  return [...own, ...(isAlone(part) ? [] : call.kind === 'read' ? ['all:read', 'all:write'] : ['all:write'])]
}

/** Every part, in the order in which they are shown. */
export const everyPart = Object.keys(tokenParts) as TokenPart[]
