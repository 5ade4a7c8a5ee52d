// Adds a glossary to a module, as a draft.
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { GlossaryForm } from './GlossaryForm.tsx'
import { createGlossary } from './store.ts'

export function NewGlossaryDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  return (
    <Dialog open onClose={onClose} title={t('glossaries.newGlossary')}>
      <GlossaryForm
        words={{ title: '', intro: '', suggestions: false, linking: true }}
        save={t('glossaries.create')}
        onClose={onClose}
        onSave={async words => {
          await createGlossary({ courseId, moduleId, ...words })
          onClose()
          showToast({ text: t('glossaries.created', { title: words.title }) })
        }}
      />
    </Dialog>
  )
}
