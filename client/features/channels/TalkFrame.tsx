// The frame of a page that is one channel: a head that stays, the talk in the rest of the height. Silencing and going to
// a day are in its menu.
import { BellOff, CalendarSearch } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { request } from '#client/platform/call.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { Menu, type MenuItem } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type ChannelEntry, forEver, inboxRoutes } from '#protocol/channels/inbox.ts'
import { useChannel } from './store.ts'
import './Talk.css'

export type TalkFrameProps = {
  readonly title: string
  readonly parent: { readonly label: string; readonly href: string }
  /** Undefined while it is read. */
  readonly entry: ChannelEntry | undefined
  readonly lead?: ComponentChildren
  /** After something was changed that the entry holds. */
  readonly onChanged: () => void
  readonly more?: readonly MenuItem[] | undefined
  readonly children: ComponentChildren
}

const hour = 3_600_000

/** A page of the height of the window. */
export function TalkFrame({ title, parent, entry, lead, onChanged, more = [], children }: TalkFrameProps) {
  const [day, setDay] = useState(false)
  const muted = entry?.mutedUntil ?? null
  const mute = (until: string | null) => {
    if (!entry) return
    request(inboxRoutes.mute, { channelId: entry.channel.id, until }).then(onChanged, (error: unknown) =>
      showToast({ text: problemWords(error), tone: 'bad' }),
    )
  }
  const silence: MenuItem[] =
    muted === null
      ? [
          {
            label: t('channels.muteEvening'),
            icon: BellOff,
            onSelect: () => mute(new Date(Date.now() + 8 * hour).toISOString()),
          },
          { label: t('channels.muteForEver'), icon: BellOff, onSelect: () => mute(forEver) },
        ]
      : [{ label: t('channels.unmute'), icon: BellOff, checked: true, onSelect: () => mute(null) }]
  const items: MenuItem[] = entry
    ? [
        { label: t('channels.goToDay'), icon: CalendarSearch, onSelect: () => setDay(true) },
        ...silence,
        ...(more.length > 0 ? (['line', ...more] as const) : []),
      ]
    : []
  return (
    <div class="talk">
      <PageHeader
        title={title}
        parent={parent}
        lead={lead}
        badges={
          muted !== null && (
            <Badge icon={BellOff}>
              {muted === forEver ? t('channels.muted') : t('channels.mutedUntil', { when: dayAndTime(muted) })}
            </Badge>
          )
        }
        actions={items.length > 0 && <Menu label={t('channels.channelMenu')} items={items} />}
      />
      <div class="talk-body">{children}</div>
      {entry && day && <DayDialog channelId={entry.channel.id} onClose={() => setDay(false)} />}
    </div>
  )
}

function DayDialog({ channelId, onClose }: { readonly channelId: string; readonly onClose: () => void }) {
  const store = useChannel(channelId, person.value?.id ?? '')
  const [day, setDay] = useState('')
  const go = () => {
    // The beginning of that day on the reader's own clocks.
    const at = new Date(`${day}T00:00:00`)
    if (Number.isNaN(at.getTime())) return
    void store.jump({ at: at.toISOString() })
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title={t('channels.goToDay')}>
      <Form onSubmit={go}>
        <Field type="date" name="day" label={t('channels.day')} value={day} onValue={setDay} />
        <FormActions>
          <Button kind="primary" type="submit" disabled={day === ''}>
            {t('channels.go')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
