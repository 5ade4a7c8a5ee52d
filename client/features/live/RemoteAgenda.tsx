// The agenda of a class: what is done, what is on stage, what may be put there.
import { Check, Plus } from 'lucide-preact'
import { kindIcons } from '#client/features/activities/kinds/icons.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import type { RemoteViewProps } from './RemoteView.tsx'
import './RemoteAgenda.css'

/** The list with its way to add. */
export function RemoteAgenda({ agenda, stage, busy, onPut, onAdd }: RemoteViewProps) {
  return (
    <Section
      title={t('live.agenda')}
      actions={
        <Button size="small" kind="quiet" icon={Plus} onClick={onAdd}>
          {t('live.addActivity')}
        </Button>
      }
    >
      {agenda.length === 0 ? (
        <p class="muted">{t('live.agendaEmpty')}</p>
      ) : (
        // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one.
        <ol class="remote-agenda" role="list">
          {agenda.map(entry => {
            const here = entry.deliveryId === stage?.deliveryId && stage.view.phase !== 'done'
            return (
              <li class="remote-entry" key={entry.deliveryId} data-here={here || undefined}>
                <Icon as={entry.done ? Check : kindIcons[entry.kind]} size={20} />
                <div class="remote-entry-words">
                  <span>{entry.title}</span>
                  <span class="muted figures">
                    {entry.done ? t('live.stateDone') : t('live.progress', { asked: entry.asked, items: entry.items })}
                  </span>
                </div>
                {here ? (
                  <Badge tone="accent">{t('live.stateOnStage')}</Badge>
                ) : (
                  <Button
                    size="small"
                    kind={entry.done ? 'quiet' : 'plain'}
                    disabled={busy}
                    onClick={() => onPut(entry)}
                  >
                    {t('live.putOnStage')}
                  </Button>
                )}
              </li>
            )
          })}
        </ol>
      )}
    </Section>
  )
}
