// Findings of accessibility on the wire: what keeps people from pages and files of a course (accessibility/findings.ts),
// who owns them, and what owners were asked to mend. Staff of a course see it by item, who manages the site by course.
import * as z from 'zod/mini'
import { findingRules } from './accessibility/findings.ts'
import { defineRoutes, read, route, write } from './base/call.ts'
import { accountId, idSchema, instant, text, uuid } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { courseId } from './courses.ts'
import { departmentId } from './organisation.ts'

export const findingsRequestId = idSchema<'FindingsRequest'>()
export type FindingsRequestId = z.infer<typeof findingsRequestId>

export const findingRule = z.enum(findingRules)

export const finding = z.object({ rule: findingRule, block: z.int(), node: z.int(), words: z.string() })

/** What findings are kept of. */
export const checkedKind = z.enum(['page', 'file', 'lesson-page', 'glossary-entry', 'assignment'])
export type CheckedKind = z.infer<typeof checkedKind>

/** Which lesson a page or which glossary an entry stands in. */
const within = z.nullable(z.object({ refId: uuid(), title: z.string() }))

/** Something written, or a file, with what is found in it. */
export const checkedThing = z.object({
  kind: checkedKind,
  refId: uuid(),
  title: z.string(),
  within,
  findings: z.array(finding),
  /** Who made or changed it last and still may change it; null: the instructors of its course. */
  owner: z.nullable(z.object({ id: accountId, name: z.string() })),
})
export type CheckedThing = z.infer<typeof checkedThing>

/** `things`: what is written for learners, films, sounds and PDFs; `clean`: those without findings. */
export const findingsTotals = z.object({
  things: z.int(),
  clean: z.int(),
  byRule: z.array(z.object({ rule: findingRule, count: z.int() })),
})
export type FindingsTotals = z.infer<typeof findingsTotals>

export const courseFindings = z.object({
  courseId,
  title: z.string(),
  department: z.nullable(z.string()),
  things: z.int(),
  clean: z.int(),
  barriers: z.int(),
  hurdles: z.int(),
  /** When somebody was last asked to mend something in it. */
  askedAt: z._default(z.nullable(instant), null),
})
export type CourseFindings = z.infer<typeof courseFindings>

/** Courses whose owners are meant in one request. */
export const mostCourses = 100
/** Within so many days nobody is asked again about the same thing, unless that is chosen. */
export const quietDays = 7
/** Things that one request is about. */
export const mostThings = 5_000

const uuids = new RegExp(`^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,${mostCourses - 1}}$`)

/** Which findings are meant: of these courses (ids with commas), else of all; of this rule, else of every one. */
const meant = {
  courses: z.optional(z.string().check(z.regex(uuids))),
  departmentId: z.optional(departmentId),
  rule: z.optional(findingRule),
  /** Also those who were asked about the same within `quietDays`. */
  again: z._default(z.stringbool(), false),
}

export const owner = z.object({
  accountId,
  name: z.string(),
  /** What they are asked about; those of `recent` only where `again` is chosen. */
  things: z.int(),
  findings: z.int(),
  /** Things they were asked about within `quietDays`. */
  recent: z.int(),
  /** When they were last asked to mend anything at all. */
  askedAt: z._default(z.nullable(instant), null),
  /** The first few of the things. */
  titles: z.array(z.string()),
})
export type Owner = z.infer<typeof owner>

const requested = z.object({
  courseId,
  courseTitle: z.string(),
  kind: checkedKind,
  refId: uuid(),
  title: z.string(),
  within,
  findings: z.array(finding),
})
export type RequestedThing = z.infer<typeof requested>

/** Who may change a course's content: a number that grows with what is found in it. */
export const findingsScope = defineScope({
  name: 'findings',
  state: z.object({ changes: z.int() }),
  feeds: { findingsChanged: z.object({ changes: z.int() }) },
  fleeting: {},
  apply: (_state, event) => ({ changes: event.body.changes }),
})

const ofCourse = { courseId, rule: z.optional(findingRule) }

export const accessibilityRoutes = defineRoutes('accessibility', {
  /** Things of a course with findings, by title; with a rule, those it found. The totals are of everything. */
  course: route(
    'GET',
    '/courses/:courseId/accessibility',
    read(
      z.strictObject({ ...ofCourse, ...pageInput }),
      z.extend(pageOf(checkedThing), { totals: findingsTotals, instructors: z.array(z.string()) }),
    ),
  ),
  csv: route('GET', '/courses/:courseId/accessibility.csv', read(z.strictObject(ofCourse), z.unknown())),
  /** Courses in which something was checked, by title; with a rule, its findings alone are counted. */
  site: route(
    'GET',
    '/accessibility',
    read(
      z.strictObject({
        ...pageInput,
        departmentId: z.optional(departmentId),
        rule: z.optional(findingRule),
      }),
      pageOf(courseFindings),
    ),
  ),
  /** Whom a request would reach, and with what. Throws `too-many`. */
  owners: route(
    'GET',
    '/accessibility/owners',
    read(z.strictObject(meant), z.object({ items: z.array(owner), unowned: z.int() })),
  ),
  /** Tells each owner once what of theirs is to be mended. Nobody to be told is no error. */
  ask: route(
    'POST',
    '/accessibility/requests',
    write(
      z.strictObject({ ...meant, again: z._default(z.boolean(), false), note: z._default(text(1_000), '') }),
      z.object({ people: z.int(), things: z.int() }),
    ),
  ),
  /** What the caller was asked to mend, as it stands now; somebody else's is `not-found`. */
  request: route(
    'GET',
    '/accessibility/requests/:requestId',
    read(
      z.strictObject({ requestId: findingsRequestId }),
      z.object({ at: instant, by: z.nullable(z.string()), note: z.string(), things: z.array(requested) }),
    ),
  ),
})
