// The free days of a term as they are written: a list, and the fields of the one that is added or changed. Nothing is sent
// from here: they are saved with their term.
import { CalendarOff, Pencil, Plus, X } from 'lucide-preact'
import { useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { FormError } from '#client/ui/Form.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { daysFrom } from '#protocol/base/days.ts'
import { type FreeDays, mostFreeEntries, mostTermFreeDays } from '#protocol/organisation.ts'
import { freeDaysWords } from './store.ts'

/** What is typed and not in the list yet. The last day may be left out: then it is one day. */
export const nothingTyped: FreeDays = { name: '', startsOn: '', endsOn: '' }

export const isTyped = (one: FreeDays): boolean => one.name.trim() !== '' || one.startsOn !== '' || one.endsOn !== ''

/** The list with one more; what speaks against it stands at its field. */
export function withTyped(
  list: readonly FreeDays[],
  typed: FreeDays,
  term: { readonly startsOn: string; readonly endsOn: string },
): { readonly list: readonly FreeDays[]; readonly errors: readonly FormError[] } {
  const one = { name: typed.name.trim(), startsOn: typed.startsOn, endsOn: typed.endsOn || typed.startsOn }
  const errors: FormError[] = []
  const say = (name: string, message: string) => errors.push({ name, message })
  if (one.name === '') say('freeName', t('organisation.nameMissing'))
  if (one.startsOn === '') say('freeStartsOn', t('organisation.dayMissing'))
  else if (one.startsOn > one.endsOn) say('freeEndsOn', t('organisation.endsBefore'))
  else if (term.startsOn !== '' && term.endsOn !== '' && (one.endsOn < term.startsOn || one.startsOn > term.endsOn))
    say('freeStartsOn', t('organisation.freeOutside'))
  if (errors.length > 0) return { list, errors }
  const next = [...list, one].sort((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0))
  const days = new Set(next.flatMap(each => daysFrom(each.startsOn, each.endsOn)))
  if (next.length > mostFreeEntries || days.size > mostTermFreeDays) {
    say('freeName', t('organisation.freeTooMany', { most: mostFreeEntries, days: mostTermFreeDays }))
    return { list, errors }
  }
  return { list: next, errors: [] }
}

interface FreeDaysFieldProps {
  readonly list: readonly FreeDays[]
  readonly onList: (list: readonly FreeDays[]) => void
  readonly typed: FreeDays
  readonly onTyped: (typed: FreeDays) => void
  readonly errorAt: (name: string) => string | undefined
  /** Puts what is typed into the list. */
  readonly onAdd: () => void
  /** Takes one out of the list to be typed anew. */
  readonly onChange: (one: FreeDays) => void
}

export function FreeDaysField({ list, onList, typed, onTyped, errorAt, onAdd, onChange }: FreeDaysFieldProps) {
  const fields = useRef<HTMLFieldSetElement>(null)
  // What was there goes on from the field that was just filled: the next one begins with its name.
  const toName = () => fields.current?.querySelector('input')?.focus()
  return (
    <fieldset ref={fields} class="stack-tight free-days">
      <legend class="field-label">{t('organisation.freeDays')}</legend>
      <p class="field-hint">{t('organisation.freeHint')}</p>
      {list.length > 0 && (
        <List label={t('organisation.freeDays')}>
          {list.map(one => (
            <Row
              key={`${one.name} ${one.startsOn} ${one.endsOn}`}
              start={<CalendarOff size={16} aria-hidden="true" />}
              title={freeDaysWords(one)}
              end={
                <>
                  <IconButton
                    icon={Pencil}
                    label={t('organisation.menu', { name: one.name })}
                    onClick={() => {
                      onChange(one)
                      toName()
                    }}
                  />
                  <IconButton
                    icon={X}
                    label={t('organisation.freeRemove', { name: one.name })}
                    onClick={() => {
                      onList(list.filter(other => other !== one))
                      toName()
                    }}
                  />
                </>
              }
            />
          ))}
        </List>
      )}
      <Field
        name="freeName"
        label={t('organisation.freeName')}
        value={typed.name}
        onValue={name => onTyped({ ...typed, name })}
        error={errorAt('freeName')}
        maxLength={120}
        optional
      />
      <div class="free-days-days">
        <Field
          type="date"
          name="freeStartsOn"
          label={t('organisation.freeFrom')}
          value={typed.startsOn}
          onValue={startsOn => onTyped({ ...typed, startsOn })}
          error={errorAt('freeStartsOn')}
        />
        <Field
          type="date"
          name="freeEndsOn"
          label={t('organisation.freeTo')}
          value={typed.endsOn}
          onValue={endsOn => onTyped({ ...typed, endsOn })}
          error={errorAt('freeEndsOn')}
        />
      </div>
      <div>
        <Button
          icon={Plus}
          disabled={!isTyped(typed)}
          onClick={() => {
            onAdd()
            toName()
          }}
        >
          {t('organisation.freeAdd')}
        </Button>
      </div>
    </fieldset>
  )
}
