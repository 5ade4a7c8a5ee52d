// A question on the spot: one text, a preset or two, and it is asked. It says at once what will become of the text.
import { useRef, useState } from 'preact/hooks'
import { limitWords } from '#client/features/activities/kinds/LimitField.tsx'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { type PresetName, type QuickQuestion, readQuick, withPreset } from '#client/features/questions/quick.ts'
import { typeParts } from '#client/features/questions/types/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import './AskForm.css'

export type Asked = {
  readonly kind: ActivityKindName
  readonly question: WrittenQuestion
  readonly limitSeconds: number | null
}

const limits = [15, 30, 60, 120, null]
const gaps = {
  noPrompt: 'questions.quickNoPrompt',
  tooFew: 'questions.quickTooFew',
  tooMany: 'questions.quickTooMany',
  tooLong: 'questions.quickTooLong',
} as const
const presetWords = {
  trueFalse: 'live.presetTrueFalse',
  letters: 'live.presetLetters',
  yesNo: 'live.presetYesNo',
  typed: 'live.presetTyped',
  words: 'activities.word-cloud',
  text: 'activities.open-text',
} as const

/** What will become of the text. */
function askAs({ kind, question }: Extract<QuickQuestion, { ok: true }>): string {
  const { label, keyed, lead } = kindParts[kind]
  return keyed ? t('live.askAsQuiz', { type: typeParts[question.type].label }) : t('live.askAs', { label, lead })
}

/** `onAsk` says whether it worked; then the form is emptied. */
export function AskForm({ onAsk, busy }: { readonly onAsk: (asked: Asked) => void; readonly busy: boolean }) {
  const [text, setText] = useState('')
  const [limit, setLimit] = useState<number | null>(30)
  const [tried, setTried] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const read = readQuick(text)

  const ask = () => {
    setTried(true)
    if (read.ok) onAsk({ kind: read.kind, question: read.question, limitSeconds: limit })
    else area.current?.focus()
  }
  return (
    <Form onSubmit={ask} label={t('live.askTitle')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the field in it. */}
      <div
        onKeyDown={event => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          ask()
        }}
      >
        <Field
          type="textarea"
          name="question"
          label={t('questions.quickLabel')}
          hint={t('questions.quickHint')}
          placeholder={t('questions.quickPlaceholder')}
          rows={6}
          value={text}
          onValue={setText}
          inputRef={area}
          autoFocus
          error={tried && !read.ok ? t(gaps[read.gap]) : undefined}
        />
      </div>
      <fieldset class="ask-presets" aria-label={t('live.presets')}>
        {(Object.keys(presetWords) as PresetName[]).map(name => (
          <Button
            key={name}
            size="small"
            onClick={() => {
              const next = withPreset(text, name)
              setText(next)
              const line = area.current
              if (!line) return
              // Back to where the prompt ends and at once, so that writing goes on there.
              line.value = next
              line.focus()
              const at = next.indexOf('\n')
              line.setSelectionRange(at, at)
            }}
          >
            {t(presetWords[name])}
          </Button>
        ))}
      </fieldset>
      <div class="ask-foot">
        <Field
          type="select"
          name="limit"
          label={t('live.askLimit')}
          value={String(limit)}
          options={limits.map(one => ({ value: String(one), label: limitWords(one) }))}
          onValue={value => setLimit(value === 'null' ? null : Number(value))}
        />
        <p class="ask-kind muted" role="status">
          {read.ok && askAs(read)}
        </p>
      </div>
      <Button type="submit" kind="primary" size="large" wide busy={busy}>
        {t('live.askAct')}
      </Button>
    </Form>
  )
}
