// The card of answers that are typed: one field, the same live and at home. It keeps what is being typed, also what is
// no answer yet; it sends nothing itself.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { SendButton } from './SendButton.tsx'
import type { AnswerCardProps } from './types/type.ts'
import './AnswerCard.css'

export type TypedCardProps = AnswerCardProps & {
  /** The move of what is typed; null when it is no answer. */
  readonly read: (typed: string) => ActivityMove | null
  /** What stands in the field for a move. */
  readonly write: (move: ActivityMove) => string
  readonly maxLength: number
  readonly inputMode?: 'text' | 'decimal' | undefined
  /** Beside the field. */
  readonly unit?: string | undefined
  /** What is wrong with, or was understood of, what is typed. */
  readonly note?: ((typed: string) => string | undefined) | undefined
  readonly right?: ComponentChildren
}

/** The field of one question. */
export function TypedCard(props: TypedCardProps) {
  const { asked, phase, move, onMove, confirm, read, write, maxLength, inputMode = 'text', unit, note, right } = props
  const given = move ? write(move) : ''
  const [typed, setTyped] = useState(given)
  // What this card said last: anything else comes from outside, such as another device, and takes its place.
  const said = useRef(given)
  useEffect(() => {
    if (given === said.current) return
    said.current = given
    setTyped(given)
  }, [given])
  const id = useId()
  const open = phase === 'open'
  const words = open ? note?.(typed) : undefined
  return (
    <div class="typed-card">
      <div class="typed-line">
        <input
          class="field-input typed-input"
          dir="auto"
          value={typed}
          maxLength={maxLength}
          inputMode={inputMode}
          autocomplete="off"
          spellcheck={false}
          readOnly={!open}
          aria-label={t('questions.answersTo', { prompt: asked.body.prompt })}
          aria-describedby={`${id}-note`}
          placeholder={t('questions.typeHere')}
          enterKeyHint="send"
          onInput={event => {
            const text = event.currentTarget.value
            const next = read(text)
            said.current = next ? write(next) : ''
            setTyped(text)
            onMove(next)
          }}
          onKeyDown={event => {
            if (event.key !== 'Enter' || event.isComposing) return
            event.preventDefault()
            if (confirm && !confirm.disabled) confirm.onSend()
          }}
        />
        {unit && <span class="typed-unit">{unit}</span>}
      </div>
      <p class="typed-note muted" id={`${id}-note`}>
        {phase === 'revealed' ? right : words}
      </p>
      <SendButton confirm={confirm} />
    </div>
  )
}
