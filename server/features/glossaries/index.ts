// Glossaries: the words of a course with what they mean, explained where they stand in its pages. Where a glossary stands and
// who sees it is the business of courses.
import { glossaryListRoutes } from '#protocol/glossaries/list.ts'
import { glossaryRoutes, glossaryScope } from '#protocol/glossaries.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { courseContext, registerCoursePart } from '#server/features/courses/index.ts'
import { registerSearchSource } from '#server/features/search/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks, glossariesPart } from './actions/part.ts'
import { httpHandlers, listHandlers } from './http.ts'
import { courseOf, entrySource } from './queries.ts'

registerCoursePart('glossaries', glossariesPart)
registerSearchSource(entrySource)

export const glossariesFeature: Feature = {
  name: 'glossaries',
  bindings: [...bind(glossaryRoutes, httpHandlers), ...bind(glossaryListRoutes, listHandlers)],
  scopes: [
    bindScope(glossaryScope, {
      admit: async (ctx, id) => demandMay(ctx, 'course.view', courseContext(await courseOf(id))),
      entry: async (ctx, id) => entitledSince(ctx, 'course.view', courseContext(await courseOf(id))),
      snapshot: async () => ({}),
    }),
  ],
  account: accountHooks,
}
