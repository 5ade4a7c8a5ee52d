// Adds a link to a module, as a draft.
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { LinkForm } from './LinkForm.tsx'
import { createLink } from './store.ts'

export function NewLinkDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  return (
    <Dialog open onClose={onClose} title={t('links.newLink')}>
      <LinkForm
        words={{ title: '', address: '', note: '' }}
        save={t('links.create')}
        onClose={onClose}
        onSave={async words => {
          await createLink({ courseId, moduleId, ...words } as Parameters<typeof createLink>[0])
          onClose()
          showToast({ text: t('links.created', { title: words.title }) })
        }}
      />
    </Dialog>
  )
}
