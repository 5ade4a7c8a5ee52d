// The people who can be named, above the line to write in. It only shows and takes a tap; keys stay with the line.

import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import type { ChannelPerson } from '#protocol/channels.ts'

export type NameListProps = {
  readonly id: string
  readonly people: readonly ChannelPerson[]
  readonly at: number
  readonly onPick: (person: ChannelPerson) => void
}

/** The id of the option at a place of the list `id`, for aria-activedescendant. */
export const optionId = (id: string, at: number): string => `${id}-${at}`

/** The list; `at` is the one that Enter takes. */
export function NameList({ id, people, at, onPick }: NameListProps) {
  return (
    <div class="name-list" id={id} role="listbox" aria-label={t('channels.people')}>
      {people.map((person, index) => (
        <div
          key={person.id}
          id={optionId(id, index)}
          class="name-option"
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          // Before the line loses the focus.
          onPointerDown={event => {
            event.preventDefault()
            onPick(person)
          }}
        >
          <Avatar name={person.name} seed={person.id} size={24} />
          <span>{person.name}</span>
        </div>
      ))}
    </div>
  )
}
