// What later features add to a course home without courses knowing them: how an item of a kind looks and where it
// leads, what staff can start or add. Filled when a feature's boot file is loaded; read while rendering.

import type { ComponentChildren, ComponentType } from 'preact'
import type { PlainTextKey } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import type { Capability } from '#protocol/base/roles.ts'
import type { CourseItem } from '#protocol/courses.ts'

/** Whether the reader may see drafts and change the course's content. */
export type Audience = 'staff' | 'learner'

export interface ItemKind {
  readonly icon: LucideIcon
  /** What one thing of this kind is called: "Page", "Quiz". */
  readonly label: PlainTextKey
  /** Where the item leads; undefined when there is nothing to open for this reader. */
  readonly path: (item: ItemPlace, audience: Audience) => string | undefined
  /** Whether a learner finds it on the course home only where there is something to mark. */
  readonly staffs?: boolean | undefined
  /** Where whoever may change it goes to write it, for kinds that are written on a page of their own. */
  readonly edit?: ((item: ItemPlace) => string) | undefined
  /** A second line under the title, such as when it is due. */
  readonly detail?: ((item: CourseItem, courseId: string, audience: Audience) => ComponentChildren) | undefined
  /** Heading under which those stand that are in no module, the newest first; without one they stand above all modules. */
  readonly section?: PlainTextKey | undefined
}

/** As much of an item as its path needs: Today knows no more. */
export interface ItemPlace {
  readonly courseId: string
  readonly kind: string
  readonly refId: string
  /** What is going on with it, where that is known. */
  readonly badge?: string | null | undefined
}

const kinds = new Map<string, ItemKind>()

/** Says how items of a kind are shown. */
export const registerItemKind = (kind: string, how: ItemKind): void => {
  kinds.set(kind, how)
}

/** How items of `kind` are shown; undefined for a kind this page does not know. */
export const itemKind = (kind: string): ItemKind | undefined => kinds.get(kind)

export interface CourseActionProps {
  readonly courseId: string
  /** A class is live: its banner has the primary button, and a second class can not be started. */
  readonly live: boolean
}

/** A button in the head of a course home, such as "Start class". The component draws itself, dialogs included. */
export interface CourseAction {
  readonly name: string
  /** Shown to those who may do it. */
  readonly capability: Capability
  /** The order from start to end; the primary one has the highest. */
  readonly order: number
  readonly Button: ComponentType<CourseActionProps>
}

const actions = new Map<string, CourseAction>()

/** Adds a button to every course home. */
export const registerCourseAction = (action: CourseAction): void => {
  actions.set(action.name, action)
}

/** The buttons for somebody with these capabilities, in order. */
export const courseActions = (capabilities: readonly Capability[]): CourseAction[] =>
  [...actions.values()].filter(one => capabilities.includes(one.capability)).sort((a, b) => a.order - b.order)

export interface ItemAdderProps {
  readonly courseId: string
  /** Null: above all modules. */
  readonly moduleId: string | null
  readonly onClose: () => void
}

/** An entry of the "Add" menu of a module. Its dialog is mounted while it is open. */
export interface ItemAdder {
  readonly kind: string
  readonly label: PlainTextKey
  readonly icon: LucideIcon
  readonly capability: Capability
  readonly Dialog: ComponentType<ItemAdderProps>
}

const adders = new Map<string, ItemAdder>()

/** Adds a kind of thing that staff can put into a module. */
export const registerItemAdder = (adder: ItemAdder): void => {
  adders.set(adder.kind, adder)
}

/** What somebody with these capabilities can add, in the order it was registered. */
export const itemAdders = (capabilities: readonly Capability[]): ItemAdder[] =>
  [...adders.values()].filter(one => capabilities.includes(one.capability))

/** A place below the banner of a course home, such as a person's own results. */
export interface CourseLink {
  readonly name: string
  readonly label: PlainTextKey
  readonly icon: LucideIcon
  readonly capability: Capability
  /** Its place in the row: what is used each day first. */
  readonly order: number
  readonly path: (courseId: string) => string
  /** What stands after the words, such as how much is new there. */
  readonly Count?: ComponentType<{ readonly courseId: string }> | undefined
  /** What it shows beside the course where there is room; where there is none it leads to its page. */
  readonly Beside?: ComponentType<{ readonly courseId: string }> | undefined
}

const links = new Map<string, CourseLink>()

/** Adds a page of the course to the row of links under its heading, such as "Grades". */
export const registerCourseLink = (link: CourseLink): void => {
  links.set(link.name, link)
}

/** The links for somebody with these capabilities, in order. */
export const courseLinks = (capabilities: readonly Capability[]): CourseLink[] =>
  [...links.values()].filter(one => capabilities.includes(one.capability)).sort((a, b) => a.order - b.order)

/** A button beside the people of a course, such as cohorts. The component draws itself, dialogs included. */
export interface PeopleTool {
  readonly name: string
  /** Shown to those who may do it. */
  readonly capability: Capability
  readonly Button: ComponentType<{ readonly courseId: string }>
}

const peopleTools = new Map<string, PeopleTool>()

/** Adds a button to the head of every course's people. */
export const registerPeopleTool = (tool: PeopleTool): void => {
  peopleTools.set(tool.name, tool)
}

/** The buttons for somebody with these capabilities, in the order in which they were registered. */
export const allPeopleTools = (capabilities: readonly Capability[]): PeopleTool[] =>
  [...peopleTools.values()].filter(one => capabilities.includes(one.capability))

/** What can be done about a person of a course, such as writing to them. */
export interface PersonAct {
  readonly name: string
  readonly label: PlainTextKey
  readonly icon: LucideIcon
  /** `go` leads to an address of the client. */
  readonly run: (accountId: string, go: (path: string) => void) => void
}

const personActs = new Map<string, PersonAct>()

/** Adds an act to the menu of everybody in a list of people but the reader. */
export const registerPersonAct = (act: PersonAct): void => {
  personActs.set(act.name, act)
}

/** The acts, in the order in which they were registered. */
export const allPersonActs = (): PersonAct[] => [...personActs.values()]
