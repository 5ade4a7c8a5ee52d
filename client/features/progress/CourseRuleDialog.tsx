// What completes a course, said by its staff: ticked parts with their figures, and before it is saved for how many learners
// that would hold now. Saving says how to take it back.
import { useEffect, useState } from 'preact/hooks'
import type { CourseView } from '#client/features/courses/store.ts'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { type CourseRule, type CourseRuleSaid, courseCompletionRoutes } from '#protocol/progress/course.ts'
import { CourseRuleFields } from './CourseRuleFields.tsx'
import { draftOfRule, ruleOf, wrongIn } from './course-rule.ts'
import { useRules } from './marks.tsx'
import './progress.css'

type Routes = typeof courseCompletionRoutes
type Preview = Output<Routes['previewCourseRule']>

export interface CourseRuleProps {
  readonly courseId: string
  readonly view: CourseView
  readonly zone: string
  readonly onClose: () => void
}

/** Open while it is mounted. */
export function CourseRuleDialog(props: CourseRuleProps) {
  const { courseId, onClose } = props
  const found = useLoad(courseId, () =>
    request(courseCompletionRoutes.courseRule, { courseId } as InputBefore<Routes['courseRule']>),
  )
  if (found.value) return <RuleForm {...props} rule={found.value.rule} />
  return (
    <Dialog open onClose={onClose} title={t('progress.completedBy')}>
      {found.problem ? (
        <ErrorState
          title={t('progress.failed')}
          detail={problemWords(found.problem)}
          requestId={found.problem.requestId}
          onRetry={found.reload}
        />
      ) : (
        <Skeleton form="rows" count={4} />
      )}
    </Dialog>
  )
}

const change = (courseId: string, { need, parts }: CourseRuleSaid, version: number) =>
  request(courseCompletionRoutes.changeCourseRule, { courseId, version, need, parts } as InputBefore<
    Routes['changeCourseRule']
  >)

const gatherMs = 400

/** Whom what is ticked would hold for, a moment after it was changed last; undefined while it is asked. */
function usePreview(courseId: string, said: CourseRuleSaid | undefined): Preview | undefined {
  const key = said && JSON.stringify(said)
  const [found, setFound] = useState<{ key: string; preview: Preview } | undefined>(undefined)
  useEffect(() => {
    if (!said || !key) return
    let over = false
    const timer = setTimeout(() => {
      request(courseCompletionRoutes.previewCourseRule, { courseId, ...said } as InputBefore<
        Routes['previewCourseRule']
      >)
        .then(preview => !over && setFound({ key, preview }))
        // It says less then; saving says what is wrong.
        .catch(() => undefined)
    }, gatherMs)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [key])
  return found && found.key === key ? found.preview : undefined
}

function RuleForm({ courseId, view, zone, onClose, rule }: CourseRuleProps & { readonly rule: CourseRule }) {
  const rules = useRules(courseId)
  const [draft, setDraft] = useState(() => draftOfRule(rule, zone))
  const [before, setBefore] = useState(rule)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const wrong = wrongIn(draft)
  const said = wrong.length === 0 ? ruleOf(draft, zone) : undefined
  const preview = usePreview(courseId, said)
  const known = new Set<string>(draft.itemIds)
  const items = view.items.value.filter(one => known.has(one.id) || rules?.asks(one))

  const send = async () => {
    setErrors(wrong)
    setProblem(undefined)
    if (!said) return
    setBusy(true)
    try {
      const done = await change(courseId, said, before.version)
      onClose()
      showToast({
        text: t('progress.ruleSaved'),
        onUndo: () =>
          void change(courseId, before, done.rule.version).catch((error: unknown) =>
            showToast({ text: problemWords(error), tone: 'bad' }),
          ),
      })
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'conflict') {
        const current = error.params.current as CourseRule
        setBefore(current)
        setDraft(draftOfRule(current, zone))
        setProblem(t('progress.ruleConflict'))
      } else setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('progress.completedBy')}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void send()}>
            {t('progress.ruleSave')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => void send()} errors={errors} problem={problem}>
        <p class="muted">{t('progress.completedByLead')}</p>
        <CourseRuleFields draft={draft} onDraft={setDraft} items={items} errors={errors} />
        <p class="course-preview" role="status">
          {said ? previewWords(said, preview) : ''}
        </p>
        <button type="submit" hidden />
      </Form>
    </Dialog>
  )
}

function previewWords({ parts }: CourseRuleSaid, preview: Preview | undefined): string {
  if (!preview) return t('progress.ruleLooking')
  const { complete, gained, lost, learners, looked } = preview
  return [
    parts.length === 0 ? t('progress.ruleEmpty') : t('progress.ruleWould', { complete, count: looked }),
    ...(gained > 0 ? [t('progress.ruleGained', { count: gained })] : []),
    ...(lost > 0 ? [t('progress.ruleLost', { count: lost })] : []),
    ...(looked < learners ? [t('progress.rulePart', { looked })] : []),
  ].join(' ')
}
