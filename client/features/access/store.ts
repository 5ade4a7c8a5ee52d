// The only place that asks the routes of access; what pages of it share.
import { useMyCourses } from '#client/features/courses/mine.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { type Loaded, useLoad, useReload } from '#client/platform/use-load.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { accessRoutes, type Place, type RoleView } from '#protocol/access.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'

type Routes = typeof accessRoutes
type In<N extends keyof Routes> = InputBefore<Routes[N]>

export type PlaceRef = Pick<Place, 'kind' | 'id'>

/** The whole school as a place. */
export const sitePlace: PlaceRef = { kind: 'site', id: '00000000-0000-0000-0000-000000000000' }

/** The roles there are, for those who look after them in this place; read again when somebody changed or gave one. */
export function useRoles(place: PlaceRef): Loaded<Output<Routes['listRoles']>> {
  const roles = useLoad(`roles ${place.kind} ${place.id}`, () =>
    request(accessRoutes.listRoles, { kind: place.kind, id: place.id }),
  )
  useReload(roles, useMyCourses())
  return roles
}

export const createRole = (input: In<'createRole'>) => request(accessRoutes.createRole, input)
export const importRole = (input: In<'importRole'>) => request(accessRoutes.importRole, input)
export const changeRole = (input: In<'changeRole'>) => request(accessRoutes.changeRole, input)
export const resetRole = (input: In<'resetRole'>) => request(accessRoutes.resetRole, input)
export const removeRole = (input: In<'removeRole'>) => request(accessRoutes.removeRole, input)
export const restoreRole = (input: In<'restoreRole'>) => request(accessRoutes.restoreRole, input)
export const getPlace = (input: In<'getPlace'>) => request(accessRoutes.getPlace, input)
export const listPlaces = (input: In<'listPlaces'>) => request(accessRoutes.listPlaces, input)
export const listRules = (input: In<'listRules'>) => request(accessRoutes.listRules, input)
export const changeRule = (input: In<'changeRule'>) => request(accessRoutes.changeRule, input)
export const previewRules = (input: In<'previewRules'>) => request(accessRoutes.previewRules, input)
export const changeRules = (input: In<'changeRules'>) => request(accessRoutes.changeRules, input)
export const resetRules = (input: In<'resetRules'>) => request(accessRoutes.resetRules, input)
export const listHolders = (input: In<'listHolders'>) => request(accessRoutes.listHolders, input)
export const grantRole = (input: In<'grantRole'>) => request(accessRoutes.grantRole, input)
export const takeRole = (input: In<'takeRole'>) => request(accessRoutes.takeRole, input)
export const explain = (input: In<'explain'>) => request(accessRoutes.explain, input)

/** Does something and says so when it was refused; answers whether it was done. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
    return false
  }
}

/** The id of a role that was made here, as the routes that change it want it. */
export const customId = (role: RoleView) => role.key as In<'removeRole'>['roleId']
