// Who takes part, by first name: the history is written with names, the school knows accounts.

import type { ActivityId } from '#protocol/activities.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Person } from './timeline.ts'

export interface Cast {
  readonly teacher: Person
  readonly assistant: Person
  readonly administrator: Person
  readonly learners: readonly [Person, ...Person[]]
}

export interface TaughtCourse {
  readonly courseId: CourseId
  readonly activities: ReadonlyMap<string, ActivityId>
  /** In the order of the course. */
  readonly pageIds: readonly string[]
}

export const firstNameOf = ({ name }: Pick<Person, 'name'>): string => name.split(' ')[0] ?? name

/** Finds people by first name; a name nobody has is a mistake in the story. */
export function finder(cast: Cast): (firstName: string) => Person {
  const all = [cast.teacher, cast.assistant, cast.administrator, ...cast.learners]
  const known = new Map(all.map(person => [firstNameOf(person), person]))
  return firstName => {
    const person = known.get(firstName)
    if (!person) throw new Error(`Nobody in the demo school is called ${firstName}`)
    return person
  }
}
