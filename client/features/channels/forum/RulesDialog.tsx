// How a forum works, for staff: three switches that hold at once.
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Switch } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { Forum, ForumPolicy } from '#protocol/channels/topics.ts'
import { act } from './store.ts'

export type RulesDialogProps = { readonly forum: Forum; readonly open: boolean; readonly onClose: () => void }

/** Each switch is saved as it is set. */
export function RulesDialog({ forum, open, onClose }: RulesDialogProps) {
  const { policy, channelId } = forum
  const set = (change: Partial<ForumPolicy>) => void act(topicCalls.changePolicy, { channelId, ...policy, ...change })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('forum.rules')}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <div class="stack">
        <Switch
          label={t('forum.ruleAnonymous')}
          hint={t('forum.ruleAnonymousHint')}
          checked={policy.anonymous}
          onChecked={anonymous => set({ anonymous })}
        />
        <Switch
          label={t('forum.ruleApproval')}
          hint={t('forum.ruleApprovalHint')}
          checked={policy.approval}
          onChecked={approval => set({ approval })}
        />
        <Switch
          label={t('forum.ruleOpeners')}
          hint={t('forum.ruleOpenersHint')}
          checked={policy.openers === 'everybody'}
          onChecked={all => set({ openers: all ? 'everybody' : 'staff' })}
        />
      </div>
    </Dialog>
  )
}
