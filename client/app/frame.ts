// What the frame shows about the person, their courses and the connection. Features and the platform fill these;
// the frame only reads. Never fetch anything in here.
import { computed, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'

export type FramePerson = {
  readonly id: string
  readonly name: string
  /** Here for one class, without an account: no navigation is offered. */
  readonly guest: boolean
}

export type FrameCourse = {
  readonly id: string
  readonly title: string
  /** IANA: what is due there is due by its clocks. */
  readonly timeZone?: string | undefined
  readonly live?: boolean | undefined
}

/** Undefined until it is known, null when nobody is signed in. */
export const person = signal<FramePerson | null | undefined>(undefined)

/** The person's courses, in the order to show them. */
export const courses = signal<readonly FrameCourse[]>([])

/** The class that is live now for this person: the address of their screen in it. */
export const liveClass = signal<{ readonly title: string; readonly href: string } | null>(null)

/** How many of the person's channels have something new, and whether somebody named them in one. */
export const inbox = signal<{ readonly unread: number; readonly mentioned: boolean }>({ unread: 0, mentioned: false })

/** Places in the rail that only some have, such as what is live now for those who look after it. */
export type OwnPlace = { readonly label: PlainTextKey; readonly href: string; readonly icon: LucideIcon }

const placesByFeature = signal<ReadonlyMap<string, readonly OwnPlace[]>>(new Map())

export const ownPlaces = computed(() =>
  [...placesByFeature.value.values()]
    .flat()
    .map(one => ({ ...one, label: t(one.label) }))
    // Until its words are here a place has no name to be reached by.
    .filter(one => one.label !== ''),
)

/** What a feature adds to them; told again it stands in place of what it added before. */
export function setOwnPlaces(feature: string, places: readonly OwnPlace[]): void {
  placesByFeature.value = new Map(placesByFeature.peek()).set(feature, places)
}

/** What stands in place of every page until it is done with; null for nothing. */
export const gate = signal<ComponentType | null>(null)

/** Said over every page while a course, or Lectern, is shown as somebody else sees it; null for oneself. */
export const preview = signal<{
  readonly words: string
  /** Absent where there is nothing to choose. */
  readonly onChange?: () => void
  readonly onEnd: () => void
} | null>(null)

export type Connection = { readonly online: boolean; readonly waiting: number; readonly outdated: boolean }

/** Whether the server can be reached, how many changes wait to be sent, whether this page is older than the server. */
export const connection = signal<Connection>({ online: true, waiting: 0, outdated: false })

/** Signs the person out; set by the accounts feature at boot. */
export const signOut = signal<(() => void) | null>(null)
