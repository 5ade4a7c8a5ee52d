// Writes a question: its kind, its words, and what its type asks for. It holds nothing; the draft comes from outside.
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'
import type { QuestionTypeName } from '#protocol/question-types/registry.ts'
import { type DraftGaps, type QuestionDraft, withType } from './draft.ts'
import { typeParts } from './types/registry.ts'
import './QuestionEditor.css'

export type QuestionEditorProps = {
  readonly draft: QuestionDraft
  /** The types to choose from; no choice where there is one. */
  readonly types: readonly QuestionTypeName[]
  /** Whether anything is right or wrong. */
  readonly keyed: boolean
  /** Shown once the writer has tried to finish. */
  readonly gaps?: DraftGaps | undefined
  readonly onDraft: (draft: QuestionDraft) => void
  readonly onLeave: () => void
}

/** The fields of one question. */
export function QuestionEditor({ draft, types, keyed, gaps, onDraft, onLeave }: QuestionEditorProps) {
  const { Fields } = typeParts[draft.type]
  return (
    <div class="question-editor">
      <Field
        type="textarea"
        name="prompt"
        label={t('questions.prompt')}
        rows={2}
        maxLength={2_000}
        value={draft.prompt}
        onValue={prompt => onDraft({ ...draft, prompt })}
        onLeave={onLeave}
        autoFocus
        error={gaps?.prompt ? t('questions.writePrompt') : undefined}
      />
      {types.length > 1 && (
        <Field
          type="select"
          name="type"
          label={t('questions.type')}
          value={draft.type}
          options={types.map(one => ({ value: one, label: typeParts[one].label }))}
          onValue={value => onDraft(withType(draft, types.find(one => one === value) ?? draft.type))}
        />
      )}
      <Fields draft={draft} keyed={keyed} gaps={gaps} onDraft={onDraft} onLeave={onLeave} />
    </div>
  )
}
