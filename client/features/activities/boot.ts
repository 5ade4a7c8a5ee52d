// Tells the course home about activities, and listens for how answers end, also those that an earlier
// page made. Called once by main.
import { effect } from '@preact/signals'
import { ClipboardList } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { kindParts } from './kinds/registry.ts'
import { newActivityDialog } from './NewActivityDialog.tsx'
import { hearAnswers, strayRefusals } from './seat.ts'

/** Registers activities with the course home, and hears how answers end. To be called once. */
export function startActivities(): void {
  registerItemKind('activity', {
    icon: ClipboardList,
    label: 'activities.activity',
    path: ({ courseId, refId }, audience) =>
      audience === 'staff' ? pathTo('activity', { courseId, activityId: refId }) : undefined,
    // Learners meet it in class, as homework and in their progress.
    staffs: true,
  })
  for (const parts of Object.values(kindParts)) {
    registerItemAdder({
      kind: parts.kind,
      label: `activities.${parts.kind}`,
      icon: parts.icon,
      capability: 'activity.change',
      Dialog: newActivityDialog(parts.kind),
    })
  }
  hearAnswers()
  effect(() => {
    const last = strayRefusals.value.at(-1)
    if (last) showToast({ text: last.late ? t('live.lateAny') : t('live.refusedAny', last), tone: 'bad' })
  })
}
