// Tells the course home about meetings: how they look, when they are, how one is added. Called once by main.
import { Video } from 'lucide-preact'
import { h } from 'preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Time } from '#client/ui/Time.tsx'

export function startMeetings(): void {
  registerItemKind('meeting', {
    icon: Video,
    label: 'meetings.meeting',
    path: ({ courseId, refId }) => pathTo('meeting', { courseId, meetingId: refId }),
    detail: ({ detail: { startsAt } }) =>
      typeof startsAt === 'string' ? h(Time, { at: startsAt, form: 'dayAndTime' }) : t('meetings.anyTime'),
  })
  registerItemAdder({
    kind: 'meeting',
    label: 'meetings.meeting',
    icon: Video,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewMeetingDialog.tsx')).NewMeetingDialog),
  })
}
