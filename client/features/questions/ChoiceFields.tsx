// The answers of a choice question in its editor, and which of them are right, said by a mark and a word.
import { Check, Plus, X } from 'lucide-preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { AnswerMark } from '#client/ui/AnswerMark.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { nextOptionId, toggleRight } from './draft.ts'
import { letterAt, mostOptions } from './options.ts'
import type { FieldsProps } from './types/type.ts'

/** Enter in an answer goes to the next or makes one; Backspace in an empty one removes it. */
export function ChoiceFields({ draft, keyed, gaps, only, onDraft, onLeave }: FieldsProps) {
  const list = useRef<HTMLUListElement>(null)
  const trueFalse = draft.type === 'true-false'
  const fixed = trueFalse || only === 'the key'
  const options = trueFalse
    ? [
        { id: 'true', text: t('questions.true') },
        { id: 'false', text: t('questions.false') },
      ]
    : draft.options

  const focusOption = (index: number) => list.current?.querySelectorAll<HTMLElement>('.option-text')[index]?.focus()
  // A new answer takes the focus as it is drawn: the next key already belongs to it.
  const wanted = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (wanted.current === undefined) return
    focusOption(wanted.current)
    wanted.current = undefined
  }, [options.length])
  const add = () => {
    if (fixed || options.length >= mostOptions) return
    onDraft({ ...draft, options: [...draft.options, { id: nextOptionId(draft.options), text: '' }] })
    wanted.current = options.length
  }
  const remove = (id: string) => {
    if (fixed || options.length <= 2) return
    const at = options.findIndex(one => one.id === id)
    onDraft({
      ...draft,
      options: draft.options.filter(one => one.id !== id),
      right: draft.right.filter(one => one !== id),
    })
    wanted.current = Math.max(0, at - 1)
  }

  return (
    <fieldset class="question-options">
      <legend class="field-label">{t('questions.options')}</legend>
      <ul class="stack-tight" ref={list}>
        {options.map((option, index) => {
          const letter = letterAt(index)
          const right = draft.right.includes(option.id)
          const empty = gaps?.options.includes(option.id) ?? false
          return (
            <li class="option" key={option.id} data-right={(keyed && right) || undefined}>
              <AnswerMark letter={letter} />
              {fixed ? (
                <span class="option-text option-fixed">{option.text}</span>
              ) : (
                <input
                  class="field-input option-text"
                  value={option.text}
                  maxLength={500}
                  aria-label={t('questions.option', { letter })}
                  aria-invalid={empty || undefined}
                  placeholder={t('questions.option', { letter })}
                  onBlur={onLeave}
                  onInput={event => {
                    const text = event.currentTarget.value
                    onDraft({
                      ...draft,
                      options: draft.options.map(one => (one.id === option.id ? { ...one, text } : one)),
                    })
                  }}
                  onKeyDown={event => {
                    if (event.isComposing) return
                    if (event.key === 'Enter') {
                      event.preventDefault()
                      if (index + 1 < options.length) focusOption(index + 1)
                      else add()
                    } else if (event.key === 'Backspace' && option.text === '' && options.length > 2) {
                      event.preventDefault()
                      remove(option.id)
                    }
                  }}
                />
              )}
              {keyed && (
                <button
                  type="button"
                  class="option-key"
                  aria-pressed={right}
                  aria-label={t('questions.markRight', { letter })}
                  onClick={() => {
                    onDraft(toggleRight(draft, option.id))
                    onLeave()
                  }}
                >
                  <span class="option-tick">{right && <Icon as={Check} />}</span>
                  <span class="option-key-word">{t('questions.right')}</span>
                </button>
              )}
              {!fixed && (
                <IconButton
                  icon={X}
                  label={t('questions.removeOption', { letter })}
                  disabled={options.length <= 2}
                  onClick={() => remove(option.id)}
                />
              )}
              {empty && <p class="field-error option-error">{t('questions.writeOption')}</p>}
            </li>
          )
        })}
      </ul>
      {gaps?.right && <p class="field-error">{t('questions.chooseRight')}</p>}
      {!fixed && (
        <Button kind="quiet" size="small" icon={Plus} disabled={options.length >= mostOptions} onClick={add}>
          {t('questions.addOption')}
        </Button>
      )}
    </fieldset>
  )
}
