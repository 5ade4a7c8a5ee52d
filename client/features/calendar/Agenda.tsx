// The calendar as a list: each day that has something, under its date.
import { t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { List } from '#client/ui/List.tsx'
import type { CalendarEntry, CalendarPage } from '#protocol/calendar.ts'
import { type EntryActs, EntryRow } from './EntryRow.tsx'
import { dayAndMonth } from './words.ts'

interface AgendaProps extends EntryActs {
  readonly page: CalendarPage
  readonly found: ReadonlyMap<string, readonly CalendarEntry[]>
  readonly today: string
}

export function Agenda({ page, found, today, ...acts }: AgendaProps) {
  return (
    <div class="stack">
      {[...found].map(([day, entries]) => {
        if (entries.length === 0) return null
        const name = day === today ? t('calendar.dayToday', { day: dayAndMonth(day) }) : dayAndMonth(day)
        return (
          <Section key={day} title={name}>
            <div class="card" data-flush>
              <List label={name}>
                {entries.map(entry => (
                  <EntryRow key={entry.id} entry={entry} day={day} page={page} {...acts} />
                ))}
              </List>
            </div>
          </Section>
        )
      })}
    </div>
  )
}
