// What the client knows and does about departments and terms. The only place that asks their routes.
import { request } from '#client/platform/call.ts'
import { dayRange } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { type Department, departmentRoutes, type FreeDays, type Term, termRoutes } from '#protocol/organisation.ts'

export const listDepartments = (input: InputBefore<typeof departmentRoutes.list>) =>
  request(departmentRoutes.list, input)
export const createDepartment = (input: InputBefore<typeof departmentRoutes.create>) =>
  request(departmentRoutes.create, input)
export const changeDepartment = (input: InputBefore<typeof departmentRoutes.change>) =>
  request(departmentRoutes.change, input)
export const listTerms = (input: InputBefore<typeof termRoutes.list>) => request(termRoutes.list, input)
export const createTerm = (input: InputBefore<typeof termRoutes.create>) => request(termRoutes.create, input)
export const changeTerm = (input: InputBefore<typeof termRoutes.change>) => request(termRoutes.change, input)

/** Most that a choice offers; past it people search. */
export const mostChoices = 200

/** Removes, with a notice that makes it anew; a refusal is a notice. */
async function remove(act: () => Promise<unknown>, name: string, again: () => Promise<unknown>, told: () => void) {
  const refused = (error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })
  try {
    await act()
  } catch (error) {
    refused(error)
    return
  }
  told()
  showToast({ text: t('organisation.removed', { name }), onUndo: () => void again().then(told, refused) })
}

/** Removes an empty department; the notice makes it anew. `told` reads the list again. */
export const removeDepartment = (one: Department, told: () => void) =>
  remove(
    () => request(departmentRoutes.remove, { departmentId: one.id }),
    one.name,
    () => createDepartment({ name: one.name, parentId: one.parentId }),
    told,
  )

/** Removes a term nothing stands in; the notice makes it anew. */
export const removeTerm = (one: Term, told: () => void) =>
  remove(
    () => request(termRoutes.remove, { termId: one.id }),
    one.name,
    () => createTerm({ name: one.name, startsOn: one.startsOn, endsOn: one.endsOn, freeDays: [...one.freeDays] }),
    told,
  )

/** A department as one line: where it stands, then its name. */
export const departmentWords = (one: Department): string => one.path.join(' › ')

/** A free time as one line: what it is called, then its days. */
export const freeDaysWords = (one: FreeDays): string =>
  t('organisation.freeLine', { name: one.name, days: dayRange(one.startsOn, one.endsOn) })
