// What the client knows and does about findings. The only place that asks their routes.
import { request, requestOf } from '#client/platform/call.ts'
import type { PlainTextKey } from '#client/platform/texts.ts'
import { type FindingRule, findingRules } from '#protocol/accessibility/findings.ts'
import { accessibilityRoutes, type CheckedThing, type CourseFindings } from '#protocol/accessibility.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'

export type Report = Omit<Output<typeof accessibilityRoutes.course>, 'next'> & { readonly more: boolean }

/** Things a page of a report shows. */
export const perPage = 50

/** The first pages of what is found in a course. */
export async function readReport(courseId: string, rule: FindingRule | undefined, pages: number): Promise<Report> {
  const items: CheckedThing[] = []
  let after: string | undefined
  for (let page = 1; ; page++) {
    const input = { courseId, limit: perPage, ...(rule ? { rule } : {}), ...(after ? { after } : {}) }
    const { next, ...read } = await request(accessibilityRoutes.course, input)
    items.push(...read.items)
    after = next
    if (after === undefined || page >= pages) return { ...read, items, more: after !== undefined }
  }
}

/** The file of it. */
export const reportFile = (courseId: string, rule: FindingRule | undefined): string =>
  requestOf(accessibilityRoutes.csv, { courseId, ...(rule ? { rule } : {}) }).url

export interface Shown {
  readonly rule?: FindingRule | undefined
  readonly departmentId?: string | undefined
}

const given = ({ rule, departmentId }: Shown) => ({
  ...(rule ? { rule } : {}),
  ...(departmentId ? { departmentId } : {}),
})

/** Every course of the site that was looked over; the table is shown whole. */
export async function readSite(shown: Shown): Promise<CourseFindings[]> {
  const rows: CourseFindings[] = []
  let after: string | undefined
  do {
    const page = await request(accessibilityRoutes.site, {
      ...{ limit: 200, ...given(shown) },
      ...(after ? { after } : {}),
    } as InputBefore<typeof accessibilityRoutes.site>)
    rows.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return rows
}

/** Whom a request is about: these courses; all that are shown where there are none. */
const meant = (courses: readonly string[], shown: Shown) => ({
  ...given(shown),
  ...(courses.length > 0 ? { courses: courses.join(',') } : {}),
})

export const readOwners = (courses: readonly string[], shown: Shown, again: boolean) =>
  request(accessibilityRoutes.owners, {
    ...meant(courses, shown),
    again: String(again),
  } as InputBefore<typeof accessibilityRoutes.owners>)

export const askOwners = (courses: readonly string[], shown: Shown, more: { again: boolean; note: string }) =>
  request(accessibilityRoutes.ask, { ...meant(courses, shown), ...more } as InputBefore<typeof accessibilityRoutes.ask>)

export const readRequest = (requestId: string) => request(accessibilityRoutes.request, { requestId })

export const ruleWords: (rule: FindingRule) => PlainTextKey = rule => `accessibility.rule_${rule}`
export const mendWords: (rule: FindingRule) => PlainTextKey = rule => `accessibility.mend_${rule}`

/** A rule by its name in an address or a field; undefined for none. */
export const ruleNamed = (name: string | undefined): FindingRule | undefined => findingRules.find(one => one === name)
