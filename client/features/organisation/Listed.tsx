// A list of the organisation: its search, its button, and what stands in its place while it is read.
import type { ComponentChildren } from 'preact'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import type { Loaded } from '#client/platform/use-load.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'

interface ListedProps {
  readonly loaded: Loaded<unknown>
  readonly known: boolean
  readonly search: string
  readonly onSearch: (words: string) => void
  readonly add: ComponentChildren
  readonly empty: ComponentChildren
  /** What is asked over the list, also while there is none. */
  readonly dialog: ComponentChildren
  readonly children: ComponentChildren
}

/** The head of a list and what stands in its place while it is read, failed or is empty. */
export function Listed({ loaded, known, search, onSearch, add, empty, dialog, children }: ListedProps) {
  if (loaded.problem && !known)
    return (
      <ErrorState
        title={t('organisation.failed')}
        detail={problemWords(loaded.problem)}
        requestId={loaded.problem.requestId}
        onRetry={loaded.reload}
      />
    )
  if (!known) return <Skeleton form="rows" />
  return (
    <div class="stack">
      <div class="organisation-head">
        {!empty && (
          <Field
            type="search"
            name="search"
            label={t('organisation.search')}
            labelHidden
            placeholder={t('organisation.search')}
            value={search}
            onValue={onSearch}
          />
        )}
        {add}
      </div>
      {empty}
      <div class="stack" hidden={empty !== undefined}>
        {children}
      </div>
      {dialog}
    </div>
  )
}
