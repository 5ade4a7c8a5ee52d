// What a school that is still empty needs first, for who looks after it: a course, and people. What is done leaves the list.
import { BookOpen, FileUp, UserPlus } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import { listCourses } from '#client/features/courses/store.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { peopleRoutes } from '#protocol/accounts/people.ts'

async function whatIsThere() {
  const [courses, people] = await Promise.all([
    listCourses({ limit: 1, all: 'true' }),
    request(peopleRoutes.countPeople, {}),
  ])
  return { courses: courses.items.length, people: people.active + people.waiting + people.suspended }
}

/** `children` stand there once the school has both. */
export function FirstSteps({ children }: { readonly children: ComponentChildren }) {
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
        </List>
      </div>
    </Section>
  )
}
