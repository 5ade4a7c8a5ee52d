// What would go of one kind with a time: how many records, and from which courses. Nothing is changed by looking.
import { Clock } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type DryRun, privacyRoutes, type RetentionKind } from '#protocol/privacy.ts'
import { monthsWords } from './words.ts'

interface DryRunDialogProps {
  readonly kind: RetentionKind
  /** The time that holds; null for ever. */
  readonly months: number | null
  readonly choices: readonly number[]
  readonly onClose: () => void
}

export function DryRunDialog({ kind, months, choices, onClose }: DryRunDialogProps) {
  const [tried, setTried] = useState(months ?? 24)
  const run = useLoad(`${kind} ${tried}`, () => request(privacyRoutes.tryRetention, { kind, months: tried }))
  return (
    <Dialog open onClose={onClose} title={t(`privacy.${kind}`)}>
      <div class="stack">
        <Field
          type="select"
          name="tried"
          label={t('privacy.keep')}
          value={String(tried)}
          onValue={value => setTried(Number(value))}
          options={choices.map(one => ({ value: String(one), label: monthsWords(one) }))}
        />
        {run.value ? (
          <Found found={run.value} />
        ) : run.problem ? (
          <ErrorState title={t('privacy.tryFailed')} detail={problemWords(run.problem)} onRetry={run.reload} />
        ) : (
          <Skeleton form="rows" count={3} />
        )}
      </div>
    </Dialog>
  )
}

function Found({ found }: { readonly found: DryRun }) {
  if (found.rows === 0)
    return (
      <EmptyState icon={Clock} title={t('privacy.tryNone')}>
        {t('privacy.tryNoneLead')}
      </EmptyState>
    )
  return (
    <table class="erase-parts">
      <caption>{t('privacy.tryFound', { count: found.rows })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('privacy.course')}</th>
          <th scope="col">{t('privacy.records')}</th>
        </tr>
      </thead>
      <tbody>
        {found.courses.map(one => (
          <tr key={one.courseId ?? ''}>
            <th scope="row">
              {one.courseId !== null && one.title !== null ? (
                <Link href={pathTo('course', { courseId: one.courseId })}>{one.title}</Link>
              ) : (
                t('privacy.noCourse')
              )}
            </th>
            <td class="figures">{one.rows.toLocaleString(locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
