// Which titles somebody may be shown, by the roles they hold, and how what was typed is looked for. Pure.
import { type Capability, type CourseRole, courseRoles } from '#protocol/base/roles.ts'
import { mostWords } from '#protocol/search.ts'
import { decide } from '#server/features/access/index.ts'
import { literally } from '#server/platform/db/like.ts'

/** The roles of a course that bring a capability. */
export const rolesWith = (capability: Capability): CourseRole[] =>
  courseRoles.filter(role => decide({ siteRole: 'member', held: [{ role, depth: 0 }] }, capability))

/** Patterns for `ilike`: each must fit, and a title that fits `begins` stands before others. Undefined for no word. */
export function patternsOf(words: string): { each: string[]; begins: string } | undefined {
  const all = words.replaceAll('\0', ' ').split(/\s+/u).filter(Boolean).slice(0, mostWords)
  if (all.length === 0) return undefined
  return { each: all.map(word => `%${literally(word)}%`), begins: `${literally(all.join(' '))}%` }
}
