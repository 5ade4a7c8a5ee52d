// For who looks after the school: every place of theirs, by what it is for, so that nothing has to be known to be found.
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
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { runsSite } from './FirstSteps.tsx'

interface Way {
  readonly icon: LucideIcon
  readonly title: PlainTextKey
  readonly detail: PlainTextKey
  readonly href: string
}

const groups = (): readonly { readonly title: PlainTextKey; readonly ways: readonly Way[] }[] => [
  {
    title: 'today.schoolGoesOn',
    ways: [
      { icon: Activity, title: 'overview.title', detail: 'today.overviewDetail', href: pathTo('overview') },
      {
        icon: CalendarRange,
        title: 'participation.title',
        detail: 'today.participationDetail',
        href: pathTo('siteParticipation'),
      },
      {
        icon: Accessibility,
        title: 'accessibility.title',
        detail: 'today.accessibilityDetail',
        href: pathTo('siteAccessibility'),
      },
      { icon: ScrollText, title: 'audit.title', detail: 'today.auditDetail', href: pathTo('audit') },
    ],
  },
  {
    title: 'today.schoolPeople',
    ways: [
      { icon: Users, title: 'people.title', detail: 'today.peopleDetail', href: pathTo('sitePeople') },
      { icon: FileUp, title: 'imports.title', detail: 'today.importsDetail', href: pathTo('imports') },
      { icon: UsersRound, title: 'cohorts.title', detail: 'today.cohortsDetail', href: pathTo('cohorts') },
      { icon: ShieldCheck, title: 'access.title', detail: 'today.rolesDetail', href: pathTo('roles') },
    ],
  },
  {
    title: 'today.schoolCourses',
    ways: [
      {
        icon: BookOpen,
        title: 'courses.title',
        detail: 'today.coursesDetail',
        href: pathTo('courses', {}, { all: 1 }),
      },
      { icon: Network, title: 'organisation.title', detail: 'today.organisationDetail', href: pathTo('organisation') },
      { icon: Trash2, title: 'courses.binTitle', detail: 'today.binDetail', href: pathTo('bin') },
    ],
  },
  {
    title: 'today.schoolRules',
    ways: [
      { icon: Settings2, title: 'access.schoolRules', detail: 'today.rulesDetail', href: pathTo('schoolRules') },
      { icon: Lock, title: 'privacy.title', detail: 'today.privacyDetail', href: pathTo('privacy') },
      { icon: LogIn, title: 'providers.title', detail: 'today.providersDetail', href: pathTo('providers') },
      { icon: ListPlus, title: 'people.fields', detail: 'today.fieldsDetail', href: pathTo('profileFields') },
      { icon: Video, title: 'meetings.servers', detail: 'today.meetingServersDetail', href: pathTo('meetingServers') },
      { icon: Webhook, title: 'webhooks.title', detail: 'today.webhooksDetail', href: pathTo('webhooks') },
    ],
  },
]

export function WholeSchool() {
  if (!runsSite()) return null
  return (
    <Section title={t('today.school')}>
      <div class="stack">
        {groups().map(({ title, ways }) => (
          <section key={title} class="stack-tight" aria-label={t(title)}>
            <h3 class="today-school-group">{t(title)}</h3>
            <div class="card" data-flush>
              <List label={t(title)}>
                {ways.map(way => (
                  <Row
                    key={way.href}
                    start={<Icon as={way.icon} size={20} />}
                    title={t(way.title)}
                    detail={t(way.detail)}
                    href={way.href}
                  />
                ))}
              </List>
            </div>
          </section>
        ))}
      </div>
    </Section>
  )
}
