// A form's hold on its sending: what was wrong at its fields, what was refused, and that it is on its way.
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import type { FormError } from '#client/ui/Form.tsx'

export interface Sending {
  /** For the form and its button, as they stand. */
  readonly errors: readonly FormError[]
  readonly problem: string | undefined
  readonly busy: boolean
  /** What is wrong at a field, by its name. */
  readonly errorOf: (name: string) => string | undefined
  /** Sends where nothing is wrong. It stays busy after that: what was sent closes its form. */
  readonly send: (wrong: readonly FormError[], act: () => Promise<unknown>) => Promise<void>
}

/** `conflict`: what is said where somebody else was faster, in the words of the form. */
export function useSending(conflict?: string): Sending {
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  return {
    ...{ errors, problem, busy },
    errorOf: name => errors.find(one => one.name === name)?.message,
    send: async (wrong, act) => {
      setProblem(undefined)
      setErrors(wrong)
      if (wrong.length > 0) return
      setBusy(true)
      try {
        await act()
      } catch (error) {
        const taken = conflict !== undefined && error instanceof ClientProblem && error.code === 'conflict'
        setProblem(taken ? conflict : problemWords(error))
        setBusy(false)
      }
    },
  }
}
