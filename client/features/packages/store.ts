// The only place that asks the routes of packages.
import { request, requestOf } from '#client/platform/call.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { packageRoutes } from '#protocol/packages.ts'

type PackagesInput<V extends keyof typeof packageRoutes> = InputBefore<(typeof packageRoutes)[V]>

/** Names the package a route is asked about. */
export interface OfPackage {
  readonly courseId: string
  readonly packageId: string
}

export type Shown = Output<typeof packageRoutes.get>
/** An opened sitting: where its player is, and what its parts are begun with. */
export type Sitting = Output<typeof packageRoutes.open>

export const createPackage = (input: object) => request(packageRoutes.create, input as PackagesInput<'create'>)
export const changePackage = (input: object) => request(packageRoutes.change, input as PackagesInput<'change'>)
export const getPackage = (of: OfPackage) => request(packageRoutes.get, of as PackagesInput<'get'>)
export const startUpload = (
  input: OfPackage & { readonly name: string; readonly size: number; readonly print: string },
) => request(packageRoutes.startUpload, input as PackagesInput<'startUpload'>)
export const openSitting = (of: OfPackage, attempt: 'continue' | 'new') =>
  request(packageRoutes.open, { ...of, attempt } as PackagesInput<'open'>)
export const listLearners = (input: object) => request(packageRoutes.list, input as PackagesInput<'list'>)

/** Where the list is as a file. */
export const learnersFile = (of: OfPackage): string => requestOf(packageRoutes.csv, of as PackagesInput<'csv'>).url
