// What completes a course, and how far somebody is with that: the rule that staff set, its parts, marks given by hand, and
// the record of who has completed the course.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { accountId, decimal, instant, nothing, version } from '../base/ids.ts'
import { courseId, itemId } from '../courses.ts'

/** all: each of them. any: one of them is enough. */
export const courseNeeds = ['all', 'any'] as const
const need = z.enum(courseNeeds)

/** How many items a rule names at most, and how many days it waits. */
export const mostRuleItems = 100
export const longestStay = 3650

/** These items are done. */
const itemsPart = z.strictObject({
  kind: z.literal('items'),
  need,
  itemIds: z.array(itemId).check(
    z.minLength(1),
    z.maxLength(mostRuleItems),
    z.refine(ids => new Set(ids).size === ids.length),
  ),
})
/** At least so many percent in the total of the course, of what may be told of it. */
const gradePart = z.strictObject({ kind: z.literal('grade'), percent: z.int().check(z.gte(1), z.lte(100)) })
/** This moment has come. */
const datePart = z.strictObject({ kind: z.literal('date'), at: instant })
/** So many days (of 24 hours) have passed since somebody came into the course. */
const daysPart = z.strictObject({ kind: z.literal('days'), days: z.int().check(z.gte(1), z.lte(longestStay)) })
/** The learner says so. */
const selfPart = z.strictObject({ kind: z.literal('self') })
/** A teacher says so. */
const teacherPart = z.strictObject({ kind: z.literal('teacher') })

export const coursePart = z.discriminatedUnion('kind', [
  itemsPart,
  gradePart,
  datePart,
  daysPart,
  selfPart,
  teacherPart,
])
export type CoursePart = z.infer<typeof coursePart>
export type CoursePartOf<K extends CoursePart['kind']> = Extract<CoursePart, { kind: K }>

/** One part of a kind at most. Without a part nothing completes the course. */
const parts = z.array(coursePart).check(
  z.maxLength(6),
  z.refine(all => new Set(all.map(one => one.kind)).size === all.length),
)

/** What completes a course. `version`: 0 while nobody has said anything. */
export const courseRule = z.object({ need, parts, version })
export type CourseRule = z.infer<typeof courseRule>
/** As it is written and kept. */
export const courseRuleSaid = z.strictObject({ need, parts })
export type CourseRuleSaid = z.infer<typeof courseRuleSaid>

/** self: the learner's own word. teacher: what the rule asks a teacher for. whole: complete, whatever is missing. */
export const courseMarks = ['self', 'teacher', 'whole'] as const
export type CourseMark = (typeof courseMarks)[number]
/** Those that staff give. */
const staffMark = z.enum(['teacher', 'whole'])

/** That somebody has completed a course: since when, and by which version of its rule. */
export const courseRecord = z.object({ at: instant, ruleVersion: version })
export type CourseRecord = z.infer<typeof courseRecord>

/** Something that is still to be done. Without a title: it is not open yet, and the reader does not know of it. */
export const missingItem = z.object({ itemId: z.nullable(itemId), title: z.nullable(z.string()) })

/**
 * A part as it stands for one person. none: it asks nothing of them, as where all it names was removed. `done` of `of`: of
 * items, else 0 or 1 of 1. `percent`: what is told of the total. `at`: of what is done since when; of a date when it will be.
 */
export const ownCoursePart = z.object({
  kind: z.enum(['items', 'grade', 'date', 'days', 'self', 'teacher']),
  need,
  state: z.enum(['done', 'open', 'none']),
  done: z.int(),
  of: z.int(),
  missing: z.array(missingItem),
  asked: z.nullable(z.int()),
  percent: z.nullable(decimal),
  at: z.nullable(instant),
})
export type OwnCoursePart = z.infer<typeof ownCoursePart>

/** How far somebody is with a course as a whole. `marked`: a teacher said that it is complete. */
export const ownCourse = z.object({
  need,
  parts: z.array(ownCoursePart),
  record: z.nullable(courseRecord),
  marked: z.boolean(),
})
export type OwnCourse = z.infer<typeof ownCourse>

/** What staff read of one learner: the record, and which marks stand. */
export const courseStanding = z.object({ record: z.nullable(courseRecord), marks: z.array(z.enum(courseMarks)) })
export type CourseStanding = z.infer<typeof courseStanding>

/** How many learners a preview looks at. */
export const mostPreviewed = 1_000

const inCourse = { courseId }

export const courseCompletionRoutes = defineRoutes('progress', {
  /** What completes the course. For staff. */
  courseRule: route(
    'GET',
    '/courses/:courseId/completed-by',
    read(z.strictObject(inCourse), z.object({ rule: courseRule })),
  ),
  /**
   * Says what completes the course; everybody's record is worked out anew soon after. `conflict` with the current rule when
   * somebody was faster.
   */
  changeCourseRule: route(
    'PUT',
    '/courses/:courseId/completed-by',
    write(z.strictObject({ ...inCourse, version, need, parts }), z.object({ rule: courseRule })),
  ),
  /**
   * What a rule would come to: of `looked` learners (of `learners`, the first by name) so many would have completed the course;
   * `gained` have not now, `lost` have now and would not.
   */
  previewCourseRule: route(
    'POST',
    '/courses/:courseId/completed-by/preview',
    read(
      z.strictObject({ ...inCourse, need, parts }),
      z.object({ learners: z.int(), looked: z.int(), complete: z.int(), gained: z.int(), lost: z.int() }),
    ),
  ),
  /** The caller says that they have completed the course, where its rule asks for that, or takes it back. */
  markCourse: route(
    'PUT',
    '/courses/:courseId/completed',
    write(z.strictObject({ ...inCourse, done: z.enum(['yes', 'no']) }), nothing),
  ),
  /**
   * A teacher says of a learner what the rule asks a teacher for (`teacher`), or that they have completed the course whatever
   * is missing (`whole`); or takes it back.
   */
  markLearner: route(
    'PUT',
    '/courses/:courseId/completed/:accountId',
    write(
      z.strictObject({ ...inCourse, accountId, what: staffMark, done: z.enum(['yes', 'no']) }),
      z.object({ standing: courseStanding }),
    ),
  ),
})
