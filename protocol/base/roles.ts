// Roles and capabilities. A role is a named set of capabilities; whether a person has one in a place is decided by
// server/features/access from the roles held along the tree of contexts (site > department > course > group > item).
import * as z from 'zod/mini'

export const siteRoles = ['administrator', 'member', 'guest'] as const
export const siteRole = z.enum(siteRoles)
export type SiteRole = z.infer<typeof siteRole>

export const courseRoles = ['instructor', 'assistant', 'learner', 'guest'] as const
export const courseRole = z.enum(courseRoles)
export type CourseRole = z.infer<typeof courseRole>

export type Role = SiteRole | CourseRole

/** Everything that can be allowed, as `<feature>.<verb>`; a closed list so that a misspelling does not compile. */
export const capabilities = [
  'site.manage',
  'account.manage',
  'course.create',
  'course.use-template',
  'course.view',
  'course.change',
  'course.publish',
  'course.conclude',
  'course.remove',
  'course.enrol',
  'course.view-people',
  'group.manage',
  'group.join',
  'content.change',
  'activity.view',
  'activity.change',
  'activity.answer',
  'live.host',
  'live.join',
  'grade.view-all',
  'grade.change',
  'grade.release',
  'attendance.change',
  'channel.read',
  'channel.write',
  'channel.attach',
  'channel.moderate',
  'note.write',
  'role.define',
  'role.give',
  'role.rule',
  'webhook.manage',
] as const
export const capability = z.enum(capabilities)
export type Capability = z.infer<typeof capability>
