// What this device kept of a text that was not saved: offered to whoever opens it for writing again.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import type { PageDocument } from '#protocol/content/document.ts'
import { dropDraft, findDraft, type LocalDraft } from './store.ts'

/** What is written of a page. */
export interface PageWords {
  readonly title: string
  readonly document: PageDocument
}

/** Whether both say the same. */
export const sameWords = (one: PageWords, other: PageWords): boolean =>
  one.title === other.title && JSON.stringify(one.document) === JSON.stringify(other.document)

interface FoundDraftProps {
  readonly pageId: string
  /** As it is kept by the server; a draft that says the same is none. */
  readonly saved: PageWords
  readonly onUse: (draft: LocalDraft) => void
}

/** Mounted once for each opening; draws nothing where there is no draft. */
export function FoundDraft({ pageId, saved, onUse }: FoundDraftProps) {
  const [found, setFound] = useState<LocalDraft | undefined>(() => {
    const kept = findDraft(pageId)
    return kept && !sameWords(kept, saved) ? kept : undefined
  })
  if (!found) return null
  return (
    <Banner
      tone="accent"
      action={
        <>
          <Button
            size="small"
            onClick={() => {
              onUse(found)
              setFound(undefined)
            }}
          >
            {t('content.draftUse')}
          </Button>
          <Button
            size="small"
            kind="quiet"
            onClick={() => {
              dropDraft(pageId)
              setFound(undefined)
            }}
          >
            {t('content.draftDrop')}
          </Button>
        </>
      }
    >
      {t('content.draftFound')}
    </Banner>
  )
}
