// One import at its own address: it is read again, handed on and come back to while it runs and long after.
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import type { ImportId } from '#protocol/imports.ts'
import { ImportView } from './ImportView.tsx'
import { listSorts } from './ListsForm.tsx'
import './imports.css'

/** /imports/:importId. Query `guessed`: the lists, just sent, whose letters were guessed. */
export function ImportPage({ params: { importId }, query: { guessed = '' } }: PageProps<'import'>) {
  return (
    <div class="stack-loose">
      <PageHeader title={t('imports.one')} parent={{ label: t('imports.title'), href: pathTo('imports') }} />
      <ImportView
        key={importId}
        importId={importId as ImportId}
        guessed={listSorts.filter(sort => guessed.split(',').includes(sort))}
      />
    </div>
  )
}
