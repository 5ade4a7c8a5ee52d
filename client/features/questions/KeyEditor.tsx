// What is right in a question that was answered: its words stand, its key may be another. It holds nothing.
import type { DraftGaps, QuestionDraft } from './draft.ts'
import { typeParts } from './types/registry.ts'
import './QuestionEditor.css'

export type KeyEditorProps = {
  readonly draft: QuestionDraft
  readonly gaps?: DraftGaps | undefined
  readonly onDraft: (draft: QuestionDraft) => void
}

/** The fields of the key alone. */
export function KeyEditor({ draft, gaps, onDraft }: KeyEditorProps) {
  const { Fields } = typeParts[draft.type]
  return (
    <div class="question-editor">
      <Fields draft={draft} keyed gaps={gaps} only="the key" onDraft={onDraft} onLeave={() => undefined} />
    </div>
  )
}
