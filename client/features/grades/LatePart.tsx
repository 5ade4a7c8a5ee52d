// The course's late policy. Whose grades another one changes is shown before it is saved.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import type { FormError } from '#client/ui/Form.tsx'
import type { Grading } from '#protocol/grades/grading.ts'
import type { LatePolicy } from '#protocol/grades/late.ts'
import type { GradeChanges } from '#protocol/grades.ts'
import { anyChange, ChangesDialog } from './ChangesDialog.tsx'
import { GradingPart, refusedWords } from './GradingPart.tsx'
import { previewPolicy, saveGrading, useTyped } from './grading.ts'
import { PolicyFields, policyFrom, typedPolicy } from './PolicyFields.tsx'

export function LatePart({ courseId, grading }: { readonly courseId: string; readonly grading: Grading }) {
  const { typed, set, newer, follow } = useTyped(typedPolicy(grading.late))
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [asking, setAsking] = useState<{ readonly late: LatePolicy; readonly changes: GradeChanges }>()

  const write = async (late: LatePolicy, words?: string) => {
    await saveGrading(courseId, grading, { late }, words)
    follow(typedPolicy(late))
  }
  const save = async () => {
    const late = policyFrom(typed)
    setProblem(undefined)
    if (!('late' in late)) return setErrors(late)
    setErrors([])
    setBusy(true)
    try {
      const changes = await previewPolicy(courseId, late)
      if (anyChange(changes)) setAsking({ late, changes })
      else await write(late)
    } catch (error) {
      setProblem(refusedWords(error))
    }
    setBusy(false)
  }
  return (
    <GradingPart
      title={t('grading.late')}
      lead={t('grading.lateLead')}
      newer={newer}
      onFollow={() => follow()}
      busy={busy}
      errors={errors}
      problem={problem}
      onSave={() => void save()}
    >
      <PolicyFields typed={typed} onTyped={part => set({ ...typed, ...part })} errors={errors} />
      {asking && (
        <ChangesDialog
          changes={asking.changes}
          onApply={() => write(asking.late, t('grading.regraded'))}
          onClose={() => setAsking(undefined)}
        />
      )}
    </GradingPart>
  )
}
