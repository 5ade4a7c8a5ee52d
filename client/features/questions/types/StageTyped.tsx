// What stands under a prompt on the projector when the answer is typed: where to write it. Nothing can be clicked.
import { Keyboard } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'

/** The invitation. */
export function StageTyped({ locked, unit }: { readonly locked: boolean; readonly unit?: string | undefined }) {
  return (
    <p class="stage-typed" data-locked={locked || undefined}>
      <Icon as={Keyboard} />
      <span>{unit ? t('questions.stageTypeUnit', { unit }) : t('questions.stageType')}</span>
    </p>
  )
}
