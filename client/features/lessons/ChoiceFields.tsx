// One choice of a page as it is written: what stands on the button, where it leads, what is said back.
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import type { LessonChoice, LessonPageLine, LessonTarget } from '#protocol/lessons.ts'

interface ChoiceFieldsProps {
  readonly choice: LessonChoice
  readonly number: number
  readonly count: number
  /** The pages of the lesson, and the one the choice stands on. */
  readonly pages: readonly LessonPageLine[]
  readonly pageId: string
  readonly error: string | undefined
  readonly onChoice: (choice: LessonChoice) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

export function ChoiceFields(props: ChoiceFieldsProps) {
  const { choice, number, count, pages, pageId, error, onChoice, onMove, onRemove } = props
  const gone = choice.to !== 'next' && choice.to !== 'end' && !pages.some(one => one.id === choice.to)
  return (
    <fieldset class="card lesson-choice">
      <legend>{t('lessons.choice', { number })}</legend>
      <div class="lesson-acts">
        {count > 1 && (
          <>
            <IconButton
              icon={ArrowUp}
              label={t('lessons.choiceUp', { number })}
              disabled={number === 1}
              onClick={() => onMove(-1)}
            />
            <IconButton
              icon={ArrowDown}
              label={t('lessons.choiceDown', { number })}
              disabled={number === count}
              onClick={() => onMove(1)}
            />
          </>
        )}
        <IconButton icon={Trash2} label={t('lessons.removeChoice', { number })} onClick={onRemove} />
      </div>
      <Field
        name={`${choice.id} text`}
        label={t('lessons.choiceWords')}
        optional={count === 1}
        value={choice.text}
        onValue={text => onChoice({ ...choice, text })}
        error={error}
        maxLength={200}
      />
      <Field
        type="select"
        name={`${choice.id} to`}
        label={t('lessons.leads')}
        value={choice.to}
        error={gone ? t('lessons.warnGone') : undefined}
        onValue={to => onChoice({ ...choice, to: to as LessonTarget })}
        options={[
          { value: 'next', label: t('lessons.next') },
          { value: 'end', label: t('lessons.toEnd') },
          ...pages
            .filter(one => one.id !== pageId)
            .map(one => ({ value: one.id as string, label: t('lessons.toPage', { title: one.title }) })),
          ...(gone ? [{ value: choice.to as string, label: t('lessons.goneTarget') }] : []),
        ]}
      />
      <Field
        type="textarea"
        name={`${choice.id} feedback`}
        label={t('lessons.feedback')}
        hint={t('lessons.feedbackHint')}
        optional
        rows={2}
        value={choice.feedback}
        onValue={feedback => onChoice({ ...choice, feedback })}
        maxLength={1_000}
      />
    </fieldset>
  )
}
