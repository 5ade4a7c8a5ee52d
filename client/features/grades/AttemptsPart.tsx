// How often homework may be taken in a course where it says nothing itself.
import { useState } from 'preact/hooks'
import { AttemptsFields } from '#client/features/activities/AttemptsFields.tsx'
import { t } from '#client/platform/texts.ts'
import type { Grading } from '#protocol/grades/grading.ts'
import { GradingPart, refusedWords } from './GradingPart.tsx'
import { saveGrading, useTyped } from './grading.ts'

export function AttemptsPart({ courseId, grading }: { readonly courseId: string; readonly grading: Grading }) {
  const { typed, set, newer, follow } = useTyped(grading.attempts)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const save = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      follow((await saveGrading(courseId, grading, { attempts: typed })).attempts)
    } catch (error) {
      setProblem(refusedWords(error))
    }
    setBusy(false)
  }
  return (
    <GradingPart
      title={t('attempts.title')}
      lead={t('attempts.defaultsLead')}
      newer={newer}
      onFollow={() => follow()}
      busy={busy}
      errors={[]}
      problem={problem}
      onSave={() => void save()}
    >
      <AttemptsFields rule={typed} onRule={set} />
    </GradingPart>
  )
}
