// The way to the questions of a class, with how many are open; the same in the head of a phone and of the remote.
import { MessageCircleQuestion } from 'lucide-preact'
import { useOpenQuestions } from '#client/features/channels/forum/QuestionsPane.tsx'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import type { Run } from '#protocol/live.ts'

export type QuestionsButtonProps = { readonly run: Run; readonly open: boolean; readonly onPress: () => void }

/** Pressed while the questions are in sight. */
export function QuestionsButton({ run, open, onPress }: QuestionsButtonProps) {
  const count = useOpenQuestions(run.questionsId)
  return (
    <button
      type="button"
      class="icon-button class-head-chat"
      aria-pressed={open}
      aria-label={count > 0 ? t('forum.openQuestionsNew', { count }) : t('forum.openQuestions')}
      title={t('forum.openQuestions')}
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
