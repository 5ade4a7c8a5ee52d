// A forum of its own in the outline of a course: its topics, its title for whoever may change it, and why it is locked.
import { Pencil } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { forumRoutes } from '#protocol/channels/forums.ts'
import { ForumBoard } from './ForumBoard.tsx'
import { ForumForm } from './ForumForm.tsx'

/** /courses/:courseId/forums/:forumId */
export function PlacedForumPage({ params, query }: PageProps<'placedForum'>) {
  const { courseId, forumId } = params
  const [editing, setEditing] = useState(false)
  const page = useItemPage({
    ...{ courseId, kind: 'forum', refId: forumId, word: 'forum.title' },
    load: () => request(forumRoutes.getForum, { courseId, forumId }),
    titleOf: ({ entry }) => entry.channel.title,
  })
  if (!page.value)
    return (
      <ItemAway page={page} goneTitle="forum.goneTitle" goneDetail="forum.goneDetail" loadFailed="forum.loadFailed" />
    )
  const { entry, mayChange } = page.value
  const { channel } = entry
  return (
    <>
      <ForumBoard
        courseId={courseId}
        entry={entry}
        begins={query.new === '1'}
        frame={(acts, body) => (
          <ItemPage
            page={page}
            title={channel.title}
            actions={
              <>
                {mayChange && <IconButton icon={Pencil} label={t('forum.rename')} onClick={() => setEditing(true)} />}
                {acts}
              </>
            }
            mayChange={mayChange}
            draft="forum.draft"
          >
            <div class="stack-loose forum">{body}</div>
          </ItemPage>
        )}
      />
      {editing && (
        <Dialog open onClose={() => setEditing(false)} title={t('forum.rename')}>
          <ForumForm
            title={channel.title}
            save={t('forum.save')}
            onClose={() => setEditing(false)}
            onSave={async title => {
              const { version } = channel
              await request(forumRoutes.changeForum, { courseId, forumId, version, title })
              setEditing(false)
              page.reload()
            }}
          />
        </Dialog>
      )}
    </>
  )
}
