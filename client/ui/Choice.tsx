// Checkbox, radio and switch: native controls with a whole line to tap. A switch acts at once, a checkbox with its form.
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './Choice.css'

export type CheckboxProps = {
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
  readonly name?: string | undefined
  readonly disabled?: boolean | undefined
}

/** A box to tick. */
export function Checkbox(props: CheckboxProps) {
  return <Tick {...props} look="checkbox" />
}

/** On or off, at once. */
export function Switch(props: CheckboxProps) {
  return <Tick {...props} look="switch" />
}

function Tick({
  label,
  hint,
  checked,
  onChecked,
  name,
  disabled = false,
  look,
}: CheckboxProps & { readonly look: 'checkbox' | 'switch' }) {
  const hintId = useId()
  return (
    <label class="choice" data-look={look}>
      <input
        type="checkbox"
        class={look === 'switch' ? 'choice-switch' : 'choice-box'}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? hintId : undefined}
        {...(look === 'switch' ? { role: 'switch' } : {})}
        {...(name === undefined ? {} : { name })}
        onChange={event => onChecked(event.currentTarget.checked)}
      />
      <ChoiceWords label={label} hint={hint} hintId={hintId} />
    </label>
  )
}

type Words = { readonly label: ComponentChildren; readonly hint?: ComponentChildren; readonly hintId: string }

function ChoiceWords({ label, hint, hintId }: Words) {
  return (
    <span class="choice-words">
      <span>{label}</span>
      {hint && (
        <span class="choice-hint" id={hintId}>
          {hint}
        </span>
      )}
    </span>
  )
}

export type RadioOption<Value extends string> = {
  readonly value: Value
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
  readonly disabled?: boolean | undefined
}

export type RadioGroupProps<Value extends string> = {
  readonly label: string
  readonly name: string
  readonly options: readonly RadioOption<Value>[]
  readonly value: Value | undefined
  readonly onValue: (value: Value) => void
  readonly hint?: ComponentChildren
  readonly error?: string | undefined
}

/** One of a few, all in sight. */
export function RadioGroup<Value extends string>({
  label,
  name,
  options,
  value,
  onValue,
  hint,
  error,
}: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <fieldset class="choice-group" aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}>
      <legend class="field-label">{label}</legend>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {options.map(option => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            class="choice-box"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled ?? false}
            aria-describedby={option.hint ? `${id}-${option.value}` : undefined}
            onChange={() => onValue(option.value)}
          />
          <ChoiceWords label={option.label} hint={option.hint} hintId={`${id}-${option.value}`} />
        </label>
      ))}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  )
}
