// The change log of a course: who changed what, when, with what was before and after; narrowed by person, kind and time.
import { Download, ScrollText } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { Entry } from '#client/features/audit/Entry.tsx'
import { thingWords } from '#client/features/audit/words.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AuditEntry } from '#protocol/audit.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type CourseThing, courseThings, logRoutes } from '#protocol/courses/log.ts'
import { type CourseId, courseScope } from '#protocol/courses.ts'
import '#client/features/audit/audit.css'

/** The start of a day, or of the day after, by the reader's clock. */
function startOf(day: string, later: 0 | 1): string | undefined {
  const at = new Date(`${day}T00:00`)
  if (day === '' || Number.isNaN(at.getTime())) return undefined
  at.setDate(at.getDate() + later)
  return at.toISOString()
}

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
  const [more, setMore] = useState<readonly AuditEntry[]>([])
  const [next, setNext] = useState<string>()
  const [busy, setBusy] = useState(false)

  const [begin, end] = [startOf(from, 0), startOf(to, 1)]
  const narrowed = {
    ...(actor ? { actor: actor as AccountId } : {}),
    ...(thing ? { thing } : {}),
    ...(begin ? { from: begin } : {}),
    ...(end ? { to: end } : {}),
  }
  const filter = { courseId, ...narrowed }
  const list = useLoad(JSON.stringify(filter), () => request(logRoutes.log, filter))
  // What anybody changes meanwhile is read with the rest.
  useReload(list, scope.head.value)
  useEffect(() => {
    setMore([])
    setNext(list.value?.next)
  }, [list.value])
  const [people, setPeople] = useState<readonly { readonly id: string; readonly name: string | null }[]>([])
  useEffect(() => {
    if (list.value) setPeople(list.value.people)
  }, [list.value])
  const entries = [...(list.value?.items ?? []), ...more]
  const filtered = Object.keys(narrowed).length > 0

  const showMore = async () => {
    setBusy(true)
    try {
      const page = await request(logRoutes.log, { ...filter, ...(next ? { after: next } : {}) })
      setMore([...more, ...page.items])
      setNext(page.next)
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }

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
      {!list.value ? (
        list.problem ? (
          <ErrorState
            title={t('courses.logFailed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" count={8} />
        )
      ) : entries.length === 0 ? (
        <EmptyState icon={ScrollText} title={t(filtered ? 'courses.logNoMatch' : 'courses.logEmpty')}>
          {t(filtered ? 'courses.logNoMatchLead' : 'courses.logEmptyLead')}
        </EmptyState>
      ) : (
        <div class="stack">
          <ol class="audit-list" aria-label={t('courses.log')}>
            {entries.map(one => (
              <Entry key={one.id} entry={one} />
            ))}
          </ol>
          {next !== undefined && (
            <div>
              <Button busy={busy} onClick={() => void showMore()}>
                {t('courses.logMore')}
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  )
}
