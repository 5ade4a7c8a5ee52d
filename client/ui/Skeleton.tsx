// The grey shape of what is coming. Shows itself only after 150 ms, so that what is quick does not flicker.
import { signal } from '@preact/signals'
import { t } from '#client/platform/texts.ts'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import './Skeleton.css'

export type SkeletonProps = {
  /** rows: a list. text: a paragraph. page: a heading and a list. block: one box. */
  readonly form?: 'rows' | 'text' | 'page' | 'block' | undefined
  readonly count?: number | undefined
}

/** Why nothing comes now, such as that there is no network; undefined while something may. Set by the frame. */
export const nothingComes = signal<string | undefined>(undefined)

/** Stands for what is being loaded. */
export function Skeleton({ form = 'rows', count = 4 }: SkeletonProps) {
  const lines = Array.from({ length: form === 'block' ? 1 : count }, (_, index) => index)
  const why = nothingComes.value
  if (why !== undefined && (form === 'page' || form === 'rows'))
    return (
      <p class="skeleton-words" role="status">
        {why}
      </p>
    )
  return (
    <div class="skeleton" data-form={form} role="status">
      <VisuallyHidden>{t('ui.loading')}</VisuallyHidden>
      {form === 'page' && <span class="skeleton-bone" data-part="title" />}
      {lines.map(line => (
        <span class="skeleton-bone" data-part={form === 'page' ? 'rows' : form} key={line} />
      ))}
    </div>
  )
}
