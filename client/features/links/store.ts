// The only place that asks the routes of links.
import { request } from '#client/platform/call.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { linkRoutes } from '#protocol/links.ts'

type LinksInput<V extends keyof typeof linkRoutes> = InputBefore<(typeof linkRoutes)[V]>

export const createLink = (input: LinksInput<'create'>) => request(linkRoutes.create, input)
export const changeLink = (input: LinksInput<'change'>) => request(linkRoutes.change, input)
export const getLink = (courseId: string, linkId: string) =>
  request(linkRoutes.get, { courseId, linkId } as LinksInput<'get'>)
