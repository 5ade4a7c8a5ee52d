// Openings: courses that people find and come into by themselves, with a key or without. It keeps how a course is open;
// enrolments and sections are made by calling down.
import { openingRoutes } from '#protocol/openings.ts'
import { registerWayOut } from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'
import { mayLeave } from './queries.ts'

registerWayOut(mayLeave)

export const openingsFeature: Feature = {
  name: 'openings',
  bindings: bind(openingRoutes, httpHandlers),
}
