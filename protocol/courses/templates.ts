// Courses to begin others from: drafts in which nobody learns. Using one is copying it (courses/copy.ts), questions and keys
// included, and so a right of its own: `course.use-template`, held in the template or above it.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from '../base/call.ts'
import { text } from '../base/ids.ts'
import { pageInput, pageOf } from '../base/paging.ts'
import { course, courseId } from '../courses.ts'
import { departmentId } from '../organisation.ts'

/** Templates of a school. */
export const mostTemplates = 500

/** What whoever may use a template knows of it beforehand. */
export const courseTemplate = z.object({
  id: courseId,
  title: z.string(),
  shortName: z.string(),
  summary: z.string(),
  timeZone: z.string(),
  /** Where it stands; null for one of the school. */
  department: z.nullable(z.object({ id: departmentId, name: z.string() })),
})
export type CourseTemplate = z.infer<typeof courseTemplate>

export const templateRoutes = defineRoutes('courses', {
  /** Those the caller may use, by title; none for most people. */
  templates: route(
    'GET',
    '/templates',
    read(z.strictObject({ ...pageInput, search: z.optional(text(100)) }), pageOf(courseTemplate)),
  ),
  /** Throws `not-found` for what is no template, and for one the caller may not use. */
  template: route(
    'GET',
    '/templates/:courseId',
    read(z.strictObject({ courseId }), z.object({ template: courseTemplate })),
  ),
  /**
   * Makes a template of a course, or a plain draft of a template: for who may change every course of its department, of the
   * school where it stands in none. Throws `template-unfit` for what is no draft, or has learners or cohorts; `too-many`.
   */
  changeTemplate: route(
    'PUT',
    '/courses/:courseId/template',
    write(z.strictObject({ courseId, template: z.boolean() }), z.object({ course })),
  ),
})
