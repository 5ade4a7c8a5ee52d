// The places of whoever looks after the school, by what they are for: Today lists them, the palette finds them by the words that
// people look for them with.
import {
  Accessibility,
  Activity,
  BookOpen,
  CalendarRange,
  FileUp,
  ListPlus,
  Lock,
  LogIn,
  Network,
  ScrollText,
  Settings2,
  ShieldCheck,
  Trash2,
  Users,
  UsersRound,
  Video,
  Webhook,
} from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import type { PlainTextKey } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'

interface Way {
  readonly icon: LucideIcon
  readonly title: PlainTextKey
  readonly detail: PlainTextKey
  /** Other words it is looked for by. */
  readonly also: PlainTextKey
  readonly href: string
}

/** In the order to show them. */
export const schoolWays = (): readonly { readonly title: PlainTextKey; readonly ways: readonly Way[] }[] => [
  {
    title: 'today.schoolGoesOn',
    ways: [
      {
        icon: Activity,
        title: 'overview.title',
        detail: 'today.overviewDetail',
        also: 'palette.wordsOverview',
        href: pathTo('overview'),
      },
      {
        icon: CalendarRange,
        title: 'participation.title',
        detail: 'today.participationDetail',
        also: 'palette.wordsParticipation',
        href: pathTo('siteParticipation'),
      },
      {
        icon: Accessibility,
        title: 'accessibility.title',
        detail: 'today.accessibilityDetail',
        also: 'palette.wordsAccessibility',
        href: pathTo('siteAccessibility'),
      },
      {
        icon: ScrollText,
        title: 'audit.title',
        detail: 'today.auditDetail',
        also: 'palette.wordsAudit',
        href: pathTo('audit'),
      },
    ],
  },
  {
    title: 'today.schoolPeople',
    ways: [
      {
        icon: Users,
        title: 'people.title',
        detail: 'today.peopleDetail',
        also: 'palette.wordsPeople',
        href: pathTo('sitePeople'),
      },
      {
        icon: FileUp,
        title: 'imports.title',
        detail: 'today.importsDetail',
        also: 'palette.wordsImports',
        href: pathTo('imports'),
      },
      {
        icon: UsersRound,
        title: 'cohorts.title',
        detail: 'today.cohortsDetail',
        also: 'palette.wordsCohorts',
        href: pathTo('cohorts'),
      },
      {
        icon: ShieldCheck,
        title: 'access.title',
        detail: 'today.rolesDetail',
        also: 'palette.wordsRoles',
        href: pathTo('roles'),
      },
    ],
  },
  {
    title: 'today.schoolCourses',
    ways: [
      {
        icon: BookOpen,
        title: 'courses.title',
        detail: 'today.coursesDetail',
        also: 'palette.wordsCourses',
        href: pathTo('courses', {}, { all: 1 }),
      },
      {
        icon: Network,
        title: 'organisation.title',
        detail: 'today.organisationDetail',
        also: 'palette.wordsOrganisation',
        href: pathTo('organisation'),
      },
      {
        icon: Trash2,
        title: 'courses.binTitle',
        detail: 'today.binDetail',
        also: 'palette.wordsBin',
        href: pathTo('bin'),
      },
    ],
  },
  {
    title: 'today.schoolRules',
    ways: [
      {
        icon: Settings2,
        title: 'access.schoolRules',
        detail: 'today.rulesDetail',
        also: 'palette.wordsRules',
        href: pathTo('schoolRules'),
      },
      {
        icon: Lock,
        title: 'privacy.title',
        detail: 'today.privacyDetail',
        also: 'palette.wordsPrivacy',
        href: pathTo('privacy'),
      },
      {
        icon: LogIn,
        title: 'providers.title',
        detail: 'today.providersDetail',
        also: 'palette.wordsProviders',
        href: pathTo('providers'),
      },
      {
        icon: ListPlus,
        title: 'people.fields',
        detail: 'today.fieldsDetail',
        also: 'palette.wordsFields',
        href: pathTo('profileFields'),
      },
      {
        icon: Video,
        title: 'meetings.servers',
        detail: 'today.meetingServersDetail',
        also: 'palette.wordsMeetings',
        href: pathTo('meetingServers'),
      },
      {
        icon: Webhook,
        title: 'webhooks.title',
        detail: 'today.webhooksDetail',
        also: 'palette.wordsWebhooks',
        href: pathTo('webhooks'),
      },
    ],
  },
]
