// The way to the questions of a class, with how many are open; the same in the head of a phone and of the remote.
import { MessageCircleQuestion } from 'lucide-preact'
import { useOpenQa } from '#client/features/channels/forum/QaPane.tsx'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import type { Run } from '#protocol/live.ts'

export type QaButtonProps = { readonly run: Run; readonly open: boolean; readonly onPress: () => void }

/** Pressed while the questions are in sight. */
export function QaButton({ run, open, onPress }: QaButtonProps) {
  const count = useOpenQa(run.qaId)
  return (
    <button
      type="button"
      class="icon-button class-head-chat"
      aria-pressed={open}
      aria-label={count > 0 ? t('forum.openQaNew', { count }) : t('forum.openQa')}
      title={t('forum.openQa')}
      onClick={onPress}
    >
      <Icon as={MessageCircleQuestion} size={20} />
      {count > 0 && (
        <span class="class-head-badge figures" aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </button>
  )
}
