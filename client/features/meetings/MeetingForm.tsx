// The words and the time of a meeting, to make one or to change it. Hours are typed by the clocks of the course.
import { useState } from 'preact/hooks'
import { webAddress } from '#client/features/links/address.ts'
import { timeZone } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { useSending } from '#client/ui/use-sending.ts'
import { clockIn, dayIn, instantIn } from '#protocol/base/days.ts'
import { type Meeting, meetingAddress } from '#protocol/meetings.ts'
import { serverChoices } from './store.ts'
import './meetings.css'

export interface MeetingWords {
  readonly title: string
  /** Null on a server of the school. */
  readonly address: string | null
  readonly serverId: string | null
  readonly note: string
  readonly startsAt: string | null
  readonly endsAt: string | null
}

interface MeetingFormProps {
  readonly courseId: string
  /** Without one, one is made. */
  readonly meeting?: Meeting | undefined
  /** The time zone of the course. */
  readonly zone: string
  readonly save: string
  readonly onSave: (words: MeetingWords) => Promise<unknown>
  readonly onClose: () => void
}

interface Typed {
  readonly title: string
  readonly address: string
  /** Empty for an address of its own. */
  readonly serverId: string
  readonly note: string
  readonly timed: boolean
  readonly date: string
  readonly from: string
  readonly to: string
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

function typedOf(meeting: Meeting | undefined, zone: string): Typed {
  const startsAt = meeting?.startsAt ? Date.parse(meeting.startsAt) : (Math.floor(Date.now() / hourMs) + 1) * hourMs
  const endsAt = meeting?.endsAt ? Date.parse(meeting.endsAt) : startsAt + hourMs
  return {
    title: meeting?.title ?? '',
    address: meeting?.address ?? '',
    serverId: meeting?.server?.id ?? '',
    note: meeting?.note ?? '',
    timed: !meeting || meeting.startsAt !== null,
    ...{ date: dayIn(zone, startsAt), from: clockIn(zone, startsAt), to: clockIn(zone, endsAt) },
  }
}

/** What was typed as instants; one that ends at an earlier hour ends on the next day. Undefined where something is missing. */
function timeOf({ timed, date, from, to }: Typed, zone: string): Pick<MeetingWords, 'startsAt' | 'endsAt'> | undefined {
  if (!timed) return { startsAt: null, endsAt: null }
  const startsAt = instantIn(zone, date, from)
  const nextDay = to < from && date !== '' ? new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10) : date
  const endsAt = instantIn(zone, nextDay, to)
  return startsAt && endsAt ? { startsAt, endsAt } : undefined
}

export function MeetingForm({ courseId, meeting, zone, save, onSave, onClose }: MeetingFormProps) {
  const [typed, setTyped] = useState(() => typedOf(meeting, zone))
  const { value: choices } = useLoad(`meeting-servers ${courseId}`, () => serverChoices(courseId))
  const sending = useSending()
  const { errors, problem, busy, errorOf } = sending
  const set = (key: keyof Typed) => (value: string | boolean) => setTyped(now => ({ ...now, [key]: value }))
  // Where it stands now is offered, whatever became of that server.
  const now = meeting?.server
  const others = (choices?.items ?? []).filter(one => one.id !== now?.id)
  const places = [...(now ? [now] : []), ...others]

  const send = async () => {
    const serverId = typed.serverId === '' ? null : typed.serverId
    const address = serverId === null ? webAddress(typed.address) : null
    const known = address === null || (address !== undefined && meetingAddress.safeParse(address).success)
    const time = timeOf(typed, zone)
    const wrong: FormError[] = []
    if (typed.title.trim() === '') wrong.push({ name: 'title', message: t('meetings.titleMissing') })
    if (!known) wrong.push({ name: 'address', message: t('meetings.addressWrong') })
    if (!time) wrong.push({ name: 'date', message: t('meetings.dateMissing') })
    else if (time.startsAt !== null && time.startsAt === time.endsAt)
      wrong.push({ name: 'to', message: t('meetings.toWrong') })
    await sending.send(wrong, async () => {
      if (address !== undefined && time)
        await onSave({ title: typed.title, address, serverId, note: typed.note, ...time })
    })
  }
  return (
    <Form onSubmit={() => void send()} errors={errors} problem={problem}>
      <Field
        name="title"
        label={t('meetings.title')}
        value={typed.title}
        onValue={set('title')}
        error={errorOf('title')}
        maxLength={200}
        autoFocus
      />
      {places.length > 0 && (
        <Field
          type="select"
          name="serverId"
          label={t('meetings.place')}
          value={typed.serverId}
          onValue={set('serverId')}
          options={[
            { value: '', label: t('meetings.ownAddress') },
            ...places.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {typed.serverId === '' && (
        <Field
          name="address"
          label={t('meetings.address')}
          hint={t('meetings.addressHint')}
          inputMode="url"
          value={typed.address}
          onValue={set('address')}
          error={errorOf('address')}
          maxLength={2_000}
        />
      )}
      <Checkbox label={t('meetings.timed')} checked={typed.timed} onChecked={set('timed')} />
      {typed.timed && (
        <div class="meeting-times">
          <Field
            type="date"
            name="date"
            label={t('meetings.date')}
            value={typed.date}
            onValue={set('date')}
            error={errorOf('date')}
          />
          <Field type="time" name="from" label={t('meetings.from')} value={typed.from} onValue={set('from')} />
          <Field
            type="time"
            name="to"
            label={t('meetings.to')}
            value={typed.to}
            onValue={set('to')}
            error={errorOf('to')}
          />
        </div>
      )}
      {typed.timed && zone !== timeZone.value && <p class="muted">{t('meetings.zone', { zone })}</p>}
      <Field
        type="textarea"
        name="note"
        label={t('meetings.note')}
        optional
        rows={3}
        value={typed.note}
        onValue={set('note')}
        maxLength={2_000}
      />
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {save}
        </Button>
      </FormActions>
    </Form>
  )
}
