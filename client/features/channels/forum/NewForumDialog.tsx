// Adds a forum to a module, as a draft.
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { forumRoutes } from '#protocol/channels/forums.ts'
import { ForumForm } from './ForumForm.tsx'

/** Mounted while it is open. */
export function NewForumDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  return (
    <Dialog open onClose={onClose} title={t('forum.newForum')}>
      <div class="stack">
        <p class="muted">{t('forum.newForumLead')}</p>
        <ForumForm
          title=""
          save={t('forum.addForum')}
          onClose={onClose}
          onSave={async title => {
            await request(forumRoutes.createForum, { courseId, moduleId, title } as never)
            onClose()
            showToast({ text: t('forum.forumAdded', { title }) })
          }}
        />
      </div>
    </Dialog>
  )
}
