// One day with all that is on it.
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { List } from '#client/ui/List.tsx'
import type { CalendarEntry, CalendarPage } from '#protocol/calendar.ts'
import { type EntryActs, EntryRow } from './EntryRow.tsx'
import { wholeDay } from './words.ts'

interface DayDialogProps extends EntryActs {
  readonly day: string
  readonly entries: readonly CalendarEntry[]
  readonly page: CalendarPage
  readonly onClose: () => void
}

/** Open while it is mounted. */
export function DayDialog({ day, entries, page, onClose, ...acts }: DayDialogProps) {
  return (
    <Dialog open onClose={onClose} title={wholeDay(day)}>
      {entries.length === 0 ? (
        <p class="muted">{t('calendar.nothingThatDay')}</p>
      ) : (
        <List label={wholeDay(day)}>
          {entries.map(entry => (
            <EntryRow key={entry.id} entry={entry} day={day} page={page} {...acts} />
          ))}
        </List>
      )}
    </Dialog>
  )
}
