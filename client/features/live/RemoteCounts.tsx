// How many are here, have answered, are silent or reconnecting; each number opens who they are.
import { t } from '#client/platform/texts.ts'
import { VisuallyHidden } from '#client/ui/VisuallyHidden.tsx'
import type { RosterFilter } from '#protocol/live.ts'
import type { RemoteViewProps } from './RemoteView.tsx'

/** The numbers above the question. */
export function RemoteCounts({ presence, tally, stage, onPeople, handsUp, onHands }: RemoteViewProps) {
  const asking = stage?.view.item && stage.view.phase !== 'waiting' && stage.view.phase !== 'done'
  const answered = tally?.answered ?? 0
  const counts: readonly { label: string; count: number; filter: RosterFilter; tone?: 'warn' }[] = [
    { label: t('live.here'), count: presence.connected, filter: 'here' },
    ...(asking
      ? [
          { label: t('live.answered'), count: answered, filter: 'answered' as const },
          { label: t('live.silent'), count: Math.max(0, presence.joined - answered), filter: 'silent' as const },
        ]
      : [{ label: t('live.joined'), count: presence.joined, filter: 'joined' as const }]),
    {
      label: t('live.reconnecting'),
      count: presence.reconnecting,
      filter: 'reconnecting',
      ...(presence.reconnecting > 0 ? { tone: 'warn' as const } : {}),
    },
  ]
  return (
    <div class="remote-counts">
      {counts.map(one => (
        <button
          type="button"
          class="remote-count"
          key={one.label}
          data-tone={one.tone}
          onClick={() => onPeople(one.filter)}
        >
          <strong class="figures">{one.count}</strong>
          <span>{one.label}</span>
          <VisuallyHidden>{t('live.showPeople')}</VisuallyHidden>
        </button>
      ))}
      <button type="button" class="remote-count" data-tone={handsUp > 0 ? 'accent' : undefined} onClick={onHands}>
        <strong class="figures">{handsUp}</strong>
        <span>{t('live.hands')}</span>
        <VisuallyHidden>{t('live.showPeople')}</VisuallyHidden>
      </button>
    </div>
  )
}
