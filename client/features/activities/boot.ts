// Tells the course home about activities, and listens for how answers end, also those that an earlier
// page made. Called once by main.
import { effect } from '@preact/signals'
import { ClipboardList } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import { kindIcons } from './kinds/icons.ts'
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
  for (const kind of Object.keys(kindIcons) as ActivityKindName[]) {
    registerItemAdder({
      kind,
      label: `activities.${kind}`,
      icon: kindIcons[kind],
      capability: 'activity.change',
      Dialog: broughtDialog(async () => (await import('./NewActivityDialog.tsx')).newActivityDialog(kind)),
    })
  }
  hearAnswers()
  effect(() => {
    const last = strayRefusals.value.at(-1)
    if (last) showToast({ text: last.late ? t('live.lateAny') : t('live.refusedAny', last), tone: 'bad' })
  })
}
