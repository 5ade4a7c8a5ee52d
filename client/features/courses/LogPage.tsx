// The change log of a course: who changed what, when, with what was before and after; narrowed by person, kind and time.
import { Download } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { EntryList } from '#client/features/audit/EntryList.tsx'
import { thingWords } from '#client/features/audit/words.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { startOfDay } from '#client/platform/dates.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { conditionsScope } from '#protocol/conditions.ts'
import { type CourseThing, courseThings, logRoutes } from '#protocol/courses/log.ts'
import { type CourseId, courseScope } from '#protocol/courses.ts'
import { groupsScope } from '#protocol/groups.ts'
import { progressScope } from '#protocol/progress.ts'
import '#client/features/audit/audit.css'

export function LogPage({ params }: PageProps<'courseLog'>) {
  const courseId = params.courseId as CourseId
  const scope = scopeStore(courseScope, courseId)
  useEffect(() => scope.open(), [scope])
  const course = scope.state.value?.course
  usePageTitle(t('courses.log'))
  const [actor, setActor] = useState('')
  const [thing, setThing] = useState<CourseThing | ''>('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')

  const [begin, end] = [startOfDay(from), startOfDay(to, 1)]
  const narrowed = {
    ...(actor ? { actor: actor as AccountId } : {}),
    ...(thing ? { thing } : {}),
    ...(begin ? { from: begin } : {}),
    ...(end ? { to: end } : {}),
  }
  const filter = { courseId, ...narrowed }
  const list = usePages(JSON.stringify(filter), after =>
    request(logRoutes.log, { ...filter, ...(after ? { after } : {}) }),
  )
  // What anybody changes meanwhile is read with the rest: what stands in the course, what opens it, what completes it, and its sections.
  const opened = useScope(conditionsScope, courseId).head.value
  const completed = useScope(progressScope, courseId).head.value
  const grouped = useScope(groupsScope, courseId).head.value
  useReload(list, `${scope.head.value} ${opened} ${completed} ${grouped}`)
  const people = list.first?.people ?? []
  const filtered = Object.keys(narrowed).length > 0

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.log')}
        lead={t('courses.logLead')}
        parent={{ label: course?.title ?? t('app.courseTitle'), href: pathTo('course', { courseId }) }}
        actions={
          <ButtonLink icon={Download} href={requestOf(logRoutes.logCsv, filter).url} download="">
            {t('courses.logCsv')}
          </ButtonLink>
        }
      />
      <div class="audit-filter">
        <Field
          type="select"
          name="actor"
          label={t('courses.logWho')}
          value={actor}
          onValue={setActor}
          options={[
            { value: '', label: t('courses.logAnybody') },
            ...people.map(one => ({ value: one.id, label: one.name ?? t('audit.somebody') })),
          ]}
        />
        <Field
          type="select"
          name="thing"
          label={t('courses.logWhat')}
          value={thing}
          onValue={value => setThing(value as CourseThing | '')}
          options={[
            { value: '', label: t('courses.logAnything') },
            ...courseThings.map(one => ({ value: one, label: thingWords(one) })),
          ]}
        />
        <Field
          type="date"
          name="from"
          label={t('courses.logFrom')}
          value={from}
          max={to || undefined}
          onValue={setFrom}
        />
        <Field type="date" name="to" label={t('courses.logTo')} value={to} min={from || undefined} onValue={setTo} />
      </div>
      <EntryList
        list={list}
        label={t('courses.log')}
        loadFailed={t('courses.logFailed')}
        none={{
          title: t(filtered ? 'courses.logNoMatch' : 'courses.logEmpty'),
          lead: t(filtered ? 'courses.logNoMatchLead' : 'courses.logEmptyLead'),
        }}
      />
    </div>
  )
}
