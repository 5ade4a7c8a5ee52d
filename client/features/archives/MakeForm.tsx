// What is to become of an archive that was looked through: what is in it, where its dates go, what the course is called and
// where it stands.
import { useState } from 'preact/hooks'
import { me } from '#client/features/accounts/store.ts'
import { CopyPlan } from '#client/features/courses/CopyPlan.tsx'
import { DateMoves, useShift } from '#client/features/courses/DateMoves.tsx'
import { sizeWords } from '#client/features/files/store.ts'
import { DepartmentField, TermField } from '#client/features/organisation/PickFields.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type ArchiveSummary, archiveRoutes, type CourseImport } from '#protocol/archives.ts'
import type { DepartmentId, Term } from '#protocol/organisation.ts'

export function MakeForm({ one, onDrop }: { readonly one: CourseImport; readonly onDrop: () => void }) {
  return one.summary && <Asking one={one} summary={one.summary} onDrop={onDrop} />
}

interface AskingProps {
  readonly one: CourseImport
  readonly summary: ArchiveSummary
  readonly onDrop: () => void
}

function Asking({ one, summary, onDrop }: AskingProps) {
  const keeps = me.value?.siteRole === 'administrator'
  const [title, setTitle] = useState(summary.title)
  const [shortName, setShortName] = useState(summary.shortName)
  const [term, setTerm] = useState<Term>()
  const [departmentId, setDepartmentId] = useState<DepartmentId | null>(null)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const moves = useShift(term, summary.timeZone)
  const { shift } = moves
  const asked = { importId: one.id, termId: term?.id ?? null, departmentId, shift }
  const plan = useLoad(JSON.stringify(asked), () =>
    request(archiveRoutes.make, { ...asked, how: 'try', title: summary.title }),
  )
  // The plan before stays in sight while the next one is made.
  const dates = useKept(plan)?.dates
  moves.useDates(dates)

  const make = async () => {
    if (title.trim() === '') return setErrors([{ name: 'title', message: t('courses.titleMissing') }])
    setErrors([])
    setProblem(undefined)
    setBusy(true)
    try {
      await request(archiveRoutes.make, { ...asked, how: 'make', title, shortName })
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Form onSubmit={() => void make()} errors={errors} problem={problem}>
      <p class="muted">
        {summary.bytes > 0
          ? t('archives.inIt', { count: summary.items, size: sizeWords(summary.bytes) })
          : t('archives.inItPlain', { count: summary.items })}
      </p>
      {summary.unknown.length > 0 && (
        <Banner tone="warn">{t('archives.unknown', { parts: summary.unknown.join(', ') })}</Banner>
      )}
      <Field
        name="title"
        label={t('courses.courseTitle')}
        value={title}
        onValue={setTitle}
        error={errors[0]?.message}
        maxLength={200}
        required
      />
      <Field
        name="shortName"
        label={t('courses.shortName')}
        value={shortName}
        onValue={setShortName}
        maxLength={40}
        optional
      />
      <TermField
        name="termId"
        nothing={t('courses.placeNone')}
        value={term?.id ?? ''}
        onValue={(_, chosen) => setTerm(chosen)}
      />
      {keeps && (
        <DepartmentField
          name="departmentId"
          nothing={t('courses.placeNone')}
          value={departmentId ?? ''}
          onValue={chosen => setDepartmentId(chosen === '' ? null : (chosen as DepartmentId))}
        />
      )}
      {dates && dates.length > 0 && <DateMoves timeZone={summary.timeZone} dates={dates} {...moves} />}
      {plan.problem && (
        <ErrorState title={t('courses.copyPlanFailed')} detail={problemWords(plan.problem)} onRetry={plan.reload} />
      )}
      {dates ? (
        <CopyPlan
          plan={{ counts: summary.counts, dates }}
          timeZone={summary.timeZone}
          term={term}
          note={t('archives.draft')}
        />
      ) : (
        !plan.problem && <Skeleton form="rows" />
      )}
      <FormActions>
        <Button onClick={onDrop}>{t('archives.discard')}</Button>
        <Button kind="primary" type="submit" busy={busy} disabled={!dates || moves.half !== undefined}>
          {t('archives.make')}
        </Button>
      </FormActions>
    </Form>
  )
}
