// A form: sends without a reload, sums its errors at the top and brings the focus there.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import './Form.css'

/** An error of one field, by the field's `name`. */
export type FormError = { readonly name: string; readonly message: string }

export type FormProps = {
  readonly onSubmit: () => void
  /** Errors at fields; the field shows the same message through its `error`. A new list takes the focus. */
  readonly errors?: readonly FormError[] | undefined
  /** What went wrong with the whole, in a sentence or two. */
  readonly problem?: string | undefined
  readonly label?: string | undefined
  readonly children: ComponentChildren
}

const nothing: readonly FormError[] = []

/** A form with its error summary. Pass a fresh `errors` list after each refused sending. */
export function Form({ onSubmit, errors = nothing, problem, label, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const refused = errors.length > 0 || problem !== undefined

  // Each refusal takes the focus, also one with the same words as the last.
  useEffect(() => {
    if (refused) summary.current?.focus()
  }, [errors, problem])

  const goTo = (name: string) => {
    const found = form.current?.elements.namedItem(name)
    const field = found instanceof RadioNodeList ? found[0] : found
    if (field instanceof HTMLElement) field.focus()
  }

  return (
    <form
      ref={form}
      class="form"
      noValidate
      {...(label === undefined ? {} : { 'aria-label': label })}
      onSubmit={event => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {refused && (
        <div class="form-summary" ref={summary} tabIndex={-1} role="alert">
          {problem !== undefined && <p>{problem}</p>}
          {errors.length > 0 && (
            <>
              <p class="form-summary-title">{t('ui.errorSummary', { count: errors.length })}</p>
              <ul>
                {errors.map(error => (
                  <li key={error.name}>
                    <button type="button" class="form-summary-link" onClick={() => goTo(error.name)}>
                      {error.message}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      {children}
    </form>
  )
}

/** The row of buttons that ends a form or a dialog. */
export function FormActions({ children }: { readonly children: ComponentChildren }) {
  return <div class="form-actions">{children}</div>
}
