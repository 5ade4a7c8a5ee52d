// A link: where it leads in plain sight, and what is there. It opens in a tab of its own and is told nothing of the reader.
import { ExternalLink, Pencil } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { t } from '#client/platform/texts.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { LinkForm } from './LinkForm.tsx'
import { changeLink, getLink } from './store.ts'

/** /courses/:courseId/links/:linkId */
export function LinkPage({ params: { courseId, linkId } }: PageProps<'link'>) {
  const [editing, setEditing] = useState(false)
  const page = useItemPage({
    ...{ courseId, kind: 'link', refId: linkId, word: 'links.link' },
    load: () => getLink(courseId, linkId),
    titleOf: ({ link }) => link.title,
  })
  if (!page.value)
    return (
      <ItemAway page={page} goneTitle="links.goneTitle" goneDetail="links.goneDetail" loadFailed="links.loadFailed" />
    )
  const { link, mayChange } = page.value
  const { hostname } = new URL(link.address)
  return (
    <ItemPage
      page={page}
      title={link.title}
      actions={
        mayChange && (
          <Button icon={Pencil} onClick={() => setEditing(true)}>
            {t('links.edit')}
          </Button>
        )
      }
      mayChange={mayChange}
      draft="links.draft"
    >
      {link.note && (
        <p class="reading" dir="auto" style={{ whiteSpace: 'pre-line' }}>
          {link.note}
        </p>
      )}
      <div class="stack-tight">
        <div>
          <ButtonLink kind="primary" icon={ExternalLink} href={link.address}>
            {t('links.open', { host: hostname })}
          </ButtonLink>
        </div>
        <p class="muted" dir="ltr" style={{ overflowWrap: 'anywhere' }}>
          {link.address}
        </p>
        <p class="muted">{t('links.elsewhere')}</p>
      </div>
      {editing && (
        <Dialog open onClose={() => setEditing(false)} title={t('links.edit')}>
          <LinkForm
            words={link}
            save={t('links.save')}
            onClose={() => setEditing(false)}
            onSave={async ({ title, address, note }) => {
              await changeLink({ courseId, linkId, version: link.version, title, address, note } as Parameters<
                typeof changeLink
              >[0])
              setEditing(false)
              page.reload()
            }}
          />
        </Dialog>
      )}
    </ItemPage>
  )
}
