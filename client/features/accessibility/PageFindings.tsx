// What is found in the page on screen, beside it: by the rules the server keeps too, so that it changes as one writes. Each
// leads to its place, and an image is described right there.
import { Accessibility, CircleCheck } from 'lucide-preact'
import { useMemo, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { besideFrom, Pane, useMedia } from '#client/ui/Pane.tsx'
import { type Finding, findingsOf } from '#protocol/accessibility/findings.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import { DescribeDialog } from './DescribeDialog.tsx'
import { FindingsList } from './FindingsList.tsx'
import { showBlock } from './places.ts'

export interface PageFindingsProps {
  readonly document: PageDocument
  /** Open from the start: beside the page, or over it. A place that was led to is not hidden by it. */
  readonly open?: 'beside' | 'anyway' | undefined
  /** Describes an image of the page; absent where nobody may. */
  readonly onDescribe?: ((node: number, given: { alt: string; decorative: boolean }) => void) | undefined
}

export function PageFindings({ document, open: asked, onDescribe }: PageFindingsProps) {
  const findings = useMemo(() => findingsOf(document), [document])
  const [describing, setDescribing] = useState<Finding>()
  const roomy = useMedia(besideFrom)
  const [open, setOpen] = useState(asked === 'anyway' || (asked === 'beside' && roomy))
  const show = (one: Finding) => {
    // On a phone the list lies over the page.
    if (!roomy) setOpen(false)
    showBlock(one.block)
  }
  return (
    <>
      <Button icon={Accessibility} kind="quiet" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('accessibility.button', { count: findings.length })}
      </Button>
      {open && (
        <Pane open onClose={() => setOpen(false)} title={t('accessibility.panel')}>
          {findings.length === 0 ? (
            <EmptyState icon={CircleCheck} title={t('accessibility.none')}>
              {t('accessibility.noneDetail')}
            </EmptyState>
          ) : (
            <FindingsList
              findings={findings}
              label={t('accessibility.panel')}
              place={(one, words) => (
                <button
                  type="button"
                  class="finding-place"
                  aria-label={t('accessibility.goTo', { rule: words })}
                  onClick={() => show(one)}
                >
                  {words}
                </button>
              )}
              act={one =>
                onDescribe &&
                (one.rule === 'image-alt' || one.rule === 'image-name') && (
                  <div>
                    <Button size="small" onClick={() => setDescribing(one)}>
                      {t('accessibility.describe')}
                    </Button>
                  </div>
                )
              }
            />
          )}
        </Pane>
      )}
      {describing && onDescribe && (
        <DescribeDialog
          document={document}
          node={describing.node}
          onClose={() => setDescribing(undefined)}
          onGiven={given => {
            onDescribe(describing.node, given)
            setDescribing(undefined)
          }}
        />
      )}
    </>
  )
}
