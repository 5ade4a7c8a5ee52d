// One question of a survey as it is written. Once somebody has answered only its words can be changed.
import { ArrowDown, ArrowUp, Plus, Trash2, X } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { mostSurveyOptions, type SurveyQuestion, type SurveyQuestionKind } from '#protocol/surveys.ts'
import { kinds, kindWords, questionOf, withOption } from './draft.ts'

interface QuestionFieldsProps {
  readonly question: SurveyQuestion
  readonly number: number
  readonly last: boolean
  readonly begun: boolean
  readonly errorOf: (name: string) => string | undefined
  readonly onQuestion: (question: SurveyQuestion) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

export function QuestionFields(props: QuestionFieldsProps) {
  const { question, number, last, begun, errorOf, onQuestion, onMove, onRemove } = props
  const { id } = question
  return (
    <fieldset class="card survey-question">
      <legend class="survey-legend">{t('surveys.questionNumber', { number })}</legend>
      {!begun && (
        <div class="survey-acts">
          <IconButton
            icon={ArrowUp}
            label={t('surveys.moveUp', { number })}
            disabled={number === 1}
            onClick={() => onMove(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label={t('surveys.moveDown', { number })}
            disabled={last}
            onClick={() => onMove(1)}
          />
          <IconButton icon={Trash2} label={t('surveys.removeQuestion', { number })} onClick={onRemove} />
        </div>
      )}
      <Field
        name={`${id} wording`}
        label={t('surveys.question')}
        value={question.wording}
        onValue={wording => onQuestion({ ...question, wording })}
        error={errorOf(`${id} wording`)}
        maxLength={500}
      />
      <Field
        type="select"
        name={`${id} kind`}
        label={t('surveys.kind')}
        value={question.kind}
        disabled={begun}
        onValue={kind => onQuestion(questionOf(kind as SurveyQuestionKind, question))}
        options={kinds.map(kind => ({ value: kind, label: t(kindWords[kind]) }))}
      />
      {'options' in question && (
        <div class="stack-tight">
          {question.options.map((option, at) => (
            <div class="survey-option" key={option.id}>
              <Field
                name={`${id} ${option.id}`}
                label={t('surveys.option', { number: at + 1 })}
                value={option.text}
                onValue={text =>
                  onQuestion({
                    ...question,
                    options: question.options.map(one => (one.id === option.id ? { ...one, text } : one)),
                  })
                }
                error={errorOf(`${id} ${option.id}`)}
                maxLength={200}
              />
              {!begun && question.options.length > 2 && (
                <IconButton
                  icon={X}
                  label={t('surveys.removeOption', { number: at + 1 })}
                  onClick={() =>
                    onQuestion({ ...question, options: question.options.filter(one => one.id !== option.id) })
                  }
                />
              )}
            </div>
          ))}
          {!begun && question.options.length < mostSurveyOptions && (
            <div>
              <Button size="small" icon={Plus} onClick={() => onQuestion(withOption(question))}>
                {t('surveys.addOption')}
              </Button>
            </div>
          )}
        </div>
      )}
      {question.kind === 'scale' && (
        <div class="survey-ends">
          {(['low', 'high'] as const).map(end => (
            <Field
              key={end}
              name={`${id} ${end}`}
              label={t(end === 'low' ? 'surveys.low' : 'surveys.high')}
              optional
              value={question[end]}
              onValue={words => onQuestion({ ...question, [end]: words })}
              maxLength={60}
            />
          ))}
        </div>
      )}
      <Checkbox
        label={t('surveys.required')}
        checked={question.required}
        disabled={begun}
        onChecked={required => onQuestion({ ...question, required })}
      />
    </fieldset>
  )
}
