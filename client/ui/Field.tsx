// A field with its label, hint and error. The error stands at the field and is tied to it for readers.

import { ChevronDown, Eye, EyeOff } from 'lucide-preact'
import type { ComponentChildren, InputHTMLAttributes, LooseInputHTMLAttributes, RefObject } from 'preact'
import { useId, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import './Field.css'

export type SelectOption = { readonly value: string; readonly label: string; readonly disabled?: boolean | undefined }

type Shared = {
  readonly label: string
  /** The key of the value, and how the form's error summary finds the field. */
  readonly name: string
  readonly value: string
  readonly onValue: (value: string) => void
  /** When the reader leaves the field: the moment to save or to check. */
  readonly onLeave?: (() => void) | undefined
  readonly hint?: ComponentChildren
  readonly error?: string | undefined
  readonly required?: boolean | undefined
  /** Says "optional" beside the label; required fields are not marked. */
  readonly optional?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly labelHidden?: boolean | undefined
  readonly autoFocus?: boolean | undefined
}

type InputType = 'text' | 'email' | 'password' | 'number' | 'search' | 'url' | 'date' | 'datetime-local' | 'time'

export type FieldProps = Shared &
  (
    | {
        readonly type?: InputType | undefined
        readonly placeholder?: string | undefined
        readonly autocomplete?: InputHTMLAttributes['autocomplete']
        readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'url' | 'search' | undefined
        readonly maxLength?: number | undefined
        readonly min?: string | number | undefined
        readonly max?: string | number | undefined
        readonly step?: string | number | undefined
        /** A code to be typed: large, spaced, capitals, no spelling help. */
        readonly code?: boolean | undefined
        readonly inputRef?: RefObject<HTMLInputElement | null> | undefined
      }
    | {
        readonly type: 'textarea'
        readonly rows?: number | undefined
        readonly placeholder?: string | undefined
        readonly maxLength?: number | undefined
        readonly inputRef?: RefObject<HTMLTextAreaElement | null> | undefined
      }
    | { readonly type: 'select'; readonly options: readonly SelectOption[] }
  )

/** From so many letters on a field that is full says so: what was pasted may have been longer. A code says it by its form. */
const leastToSay = 30

const isFull = (props: FieldProps): boolean => {
  const most = 'maxLength' in props ? props.maxLength : undefined
  return most !== undefined && most >= leastToSay && props.value.length >= most
}

/** A labelled field of any type; numbers and dates stay strings until the feature parses them. */
export function Field(props: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const described = [props.error ? errorId : '', props.hint ? hintId : ''].filter(Boolean).join(' ')
  const shared = {
    id,
    name: props.name,
    value: props.value,
    required: props.required ?? false,
    disabled: props.disabled ?? false,
    autofocus: props.autoFocus ?? false,
    'aria-invalid': props.error ? true : undefined,
    'aria-describedby': described || undefined,
    onBlur: () => props.onLeave?.(),
  }
  return (
    <div class="field" data-error={props.error ? true : undefined}>
      <label for={id} class={props.labelHidden ? 'visually-hidden' : 'field-label'}>
        {props.label}
        {props.optional && <span class="field-optional"> {t('ui.optional')}</span>}
      </label>
      <Control props={props} shared={shared} />
      {props.error && (
        <p class="field-error" id={errorId}>
          {props.error}
        </p>
      )}
      {isFull(props) && (
        <p class="field-hint" role="status">
          {t('ui.fieldFull', { count: props.value.length })}
        </p>
      )}
      {props.hint && (
        <p class="field-hint" id={hintId}>
          {props.hint}
        </p>
      )}
    </div>
  )
}

type ControlProps = { readonly props: FieldProps; readonly shared: { readonly id: string; readonly value: string } }

function Control({ props, shared }: ControlProps) {
  const [shown, setShown] = useState(false)
  if (props.type === 'textarea') {
    return (
      <textarea
        {...shared}
        class="field-input"
        rows={props.rows ?? 3}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        ref={props.inputRef ?? null}
        onInput={event => props.onValue(event.currentTarget.value)}
      />
    )
  }
  if (props.type === 'select') {
    return (
      <div class="field-select">
        <select {...shared} class="field-input" onChange={event => props.onValue(event.currentTarget.value)}>
          {props.options.map(option => (
            <option
              key={option.value}
              value={option.value}
              disabled={option.disabled}
              selected={option.value === props.value}
            >
              {option.label}
            </option>
          ))}
        </select>
        <Icon as={ChevronDown} />
      </div>
    )
  }
  const type = props.type ?? 'text'
  const attributes: LooseInputHTMLAttributes<HTMLInputElement> = {
    type: type === 'password' && shown ? 'text' : type,
    placeholder: props.placeholder,
    autocomplete: props.autocomplete,
    ref: props.inputRef ?? null,
    onInput: event => props.onValue(event.currentTarget.value),
    ...(props.inputMode === undefined ? {} : { inputMode: props.inputMode }),
    ...(props.maxLength === undefined ? {} : { maxLength: props.maxLength }),
    ...(props.min === undefined ? {} : { min: props.min }),
    ...(props.max === undefined ? {} : { max: props.max }),
    ...(props.step === undefined ? {} : { step: props.step }),
    ...(props.code ? { autocapitalize: 'characters', autocorrect: 'off', spellcheck: false } : {}),
  }
  // Preact's type for an input is a union over `type`, which is not known before run time here.
  const exact = attributes as InputHTMLAttributes<HTMLInputElement>
  const input = <input {...shared} {...exact} class="field-input" data-code={props.code || undefined} />
  if (type !== 'password') return input
  const word = shown ? t('ui.hidePassword') : t('ui.showPassword')
  return (
    <div class="field-secret">
      {input}
      <button type="button" class="field-reveal" aria-label={word} title={word} onClick={() => setShown(!shown)}>
        <Icon as={shown ? EyeOff : Eye} size={20} />
      </button>
    </div>
  )
}
