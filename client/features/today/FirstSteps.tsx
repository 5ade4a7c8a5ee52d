// What stands in Today when nothing needs the person: for who looks after a school that is still empty, what it needs first.
// What is done leaves that list.
import { BookOpen, CalendarCheck, FileUp, Settings2, UserPlus } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { courses } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { listCourses } from '#client/features/courses/store.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { peopleRoutes } from '#protocol/accounts/people.ts'

export const runsSite = () => me.value?.siteRole === 'administrator'

async function whatIsThere() {
  const [all, people] = await Promise.all([
    listCourses({ limit: 1, all: 'true' }),
    request(peopleRoutes.countPeople, {}),
  ])
  return { courses: all.items.length, people: people.active + people.waiting + people.suspended }
}

/** `children` stand there once the school has both. */
function FirstSteps({ children }: { readonly children: ComponentChildren }) {
  const { value, problem } = useLoad('first steps', whatIsThere)
  if (problem && !value) return children
  if (!value) return null
  const noCourse = value.courses === 0
  // Whoever set it up is there.
  const nobody = value.people <= 1
  if (!noCourse && !nobody) return children
  return (
    <Section title={t('today.firstTitle')}>
      <p class="muted">{t('today.firstLead')}</p>
      <div class="card" data-flush>
        <List label={t('today.firstTitle')}>
          {noCourse && (
            <Row
              start={<Icon as={BookOpen} size={20} />}
              title={t('today.firstCourse')}
              detail={t('today.firstCourseDetail')}
              href={pathTo('courses', {}, { make: 1 })}
            />
          )}
          {nobody && (
            <>
              <Row
                start={<Icon as={FileUp} size={20} />}
                title={t('today.firstImport')}
                detail={t('today.firstImportDetail')}
                href={pathTo('imports')}
              />
              <Row
                start={<Icon as={UserPlus} size={20} />}
                title={t('today.firstPerson')}
                detail={t('today.firstPersonDetail')}
                href={pathTo('sitePeople', {}, { add: 1 })}
              />
            </>
          )}
          <Row
            start={<Icon as={Settings2} size={20} />}
            title={t('today.firstRules')}
            detail={t('today.firstRulesDetail')}
            href={pathTo('schoolRules')}
          />
        </List>
      </div>
    </Section>
  )
}

/** Nothing is due, live, new or unread. */
export function NothingNow() {
  if (runsSite())
    return (
      <FirstSteps>
        {/* Below stands where who looks after the site can go. */}
        <p class="muted">{t('today.emptyTitle')}</p>
      </FirstSteps>
    )
  return (
    <EmptyState
      icon={CalendarCheck}
      title={t('today.emptyTitle')}
      action={<ButtonLink href={pathTo('courses')}>{t('today.toCourses')}</ButtonLink>}
    >
      {courses.value.length === 0 ? t('today.emptyNoCourses') : t('today.emptyLead')}
    </EmptyState>
  )
}
