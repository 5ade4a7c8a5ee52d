// A course made from another one: its outline, pages, files, questions and homework, with the dates moved. Nothing of its
// people comes along: no enrolments, answers, grades or talk.
import * as z from 'zod/mini'
import { defineRoutes, route, write } from '../base/call.ts'
import { instant, line, text } from '../base/ids.ts'
import { course, courseId } from '../courses.ts'
import { day, termId } from '../organisation.ts'

/** Days that a copy may keep free of dates. */
export const mostFreeDays = 200

/**
 * How dates move: by whole days, at the hour they had; on to the next day that is not free. `removed`: not at all, for the new
 * course has none; what cannot be without one stays behind.
 */
export const dateShift = z.strictObject({
  dates: z._default(z.enum(['moved', 'removed']), 'moved'),
  days: z.int().check(z.minimum(-7_320), z.maximum(7_320)),
  weekends: z._default(z.enum(['taken', 'free']), 'taken'),
  free: z._default(z.array(day).check(z.maxLength(mostFreeDays)), []),
})
export type DateShift = z.infer<typeof dateShift>

/** What clashes: it would lie before today, on a Saturday or Sunday, or outside the term. */
export const dateClash = z.enum(['past', 'weekend', 'outside-term', 'past-term'])
export type DateClash = z.infer<typeof dateClash>

/** A date of a thing in the course, and where it comes to lie. */
export const movedDate = z.object({
  title: z.string(),
  /** `weekly`: the first of the times that take place every week. */
  what: z.enum(['opens', 'due', 'until', 'starts', 'weekly']),
  from: instant,
  /** Null where dates are removed. */
  to: z.nullable(instant),
  /** Whether the thing stays behind without its date; of homework the activity comes along. */
  behind: z._default(z.boolean(), false),
  /** Days it moved on beyond the rest, for the sake of free days. */
  further: z.int(),
  /** How many times of a weekly one lie on free days, and do not take place. */
  off: z._default(z.int(), 0),
  clash: z.nullable(dateClash),
})
export type MovedDate = z.infer<typeof movedDate>

/** How many of each come along. */
export const copyCounts = z.object({
  modules: z.int(),
  pages: z.int(),
  files: z.int(),
  glossaries: z.int(),
  links: z.int(),
  meetings: z.int(),
  /** Of the calendar; a weekly one counts once. */
  events: z.int(),
  assignments: z.int(),
  packages: z.int(),
  surveys: z.int(),
  lessons: z.int(),
  activities: z.int(),
  questions: z.int(),
  homework: z.int(),
  groups: z.int(),
})
export type CopyCounts = z.infer<typeof copyCounts>

export const copyRoutes = defineRoutes('courses', {
  /**
   * `try` writes nothing and says what would come along and where each date would lie; `make` makes the course as a
   * draft, all or nothing. Homework whose due date would be past comes along as the activity alone.
   */
  copy: route(
    'POST',
    '/courses/:courseId/copy',
    write(
      z.strictObject({
        courseId,
        how: z.enum(['try', 'make']),
        title: line(200),
        shortName: z._default(text(40), ''),
        termId: z._default(z.nullable(termId), null),
        shift: dateShift,
        /** `later`: nothing in it is published, so that it can be module by module. */
        published: z._default(z.enum(['as-it-is', 'later']), 'as-it-is'),
      }),
      z.object({ course: z.nullable(course), counts: copyCounts, dates: z.array(movedDate) }),
    ),
  ),
})
