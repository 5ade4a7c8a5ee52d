// What later features say about a course as a whole, on its home and on its card, without courses knowing them. Filled
// when a feature's boot file is loaded; read while rendering.
import type { ComponentType } from 'preact'

/** What a later feature says about a course: below its heading, and on its card in the list. */
export interface CoursePart {
  readonly name: string
  readonly Home: ComponentType<{ readonly courseId: string }>
  /** Stands inside a link: nothing to press. */
  readonly Card: ComponentType<{ readonly courseId: string }>
}

const parts = new Map<string, CoursePart>()

/** Adds a part to every course home and card, such as how far the reader is. */
export const registerCoursePart = (part: CoursePart): void => {
  parts.set(part.name, part)
}

/** The parts in the order they were registered. */
export const courseParts = (): CoursePart[] => [...parts.values()]
