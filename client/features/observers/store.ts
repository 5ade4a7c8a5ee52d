// The only place that asks the routes of observers; and when what they tell may read differently.
import { useEffect } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { useSettled } from '#client/platform/use-settled.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { userScope } from '#protocol/accounts.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { observerListRoutes } from '#protocol/observers/list.ts'
import { type ObservationId, type ObserverCodeId, type ObserverKind, observerRoutes } from '#protocol/observers.ts'

type Routes = typeof observerRoutes

/** The person's number that grows when what they observe, or who observes them, changed; undefined until it is known. */
export function observedTurn(): number | undefined {
  const id = person.value?.id
  return id === undefined ? undefined : scopeStore(userScope, id as AccountId).state.value?.changed.observed
}

/** Reads again after each word, once a burst of them is over. */
export function useObservedTurn(reload: () => void): void {
  const turn = useSettled(observedTurn())
  useEffect(() => {
    if (turn !== undefined) reload()
  }, [turn])
}

const pageAt = (after: string | undefined, limit = 50) => ({ limit, ...(after !== undefined && { after }) })

export const listObserved = (after?: string, limit?: number) => request(observerRoutes.observed, pageAt(after, limit))
export const listMine = () => request(observerRoutes.mine, pageAt(undefined))
export const listObservers = (accountId: AccountId) => request(observerRoutes.list, { accountId, ...pageAt(undefined) })
export const readLearner = (accountId: string) =>
  request(observerRoutes.learner, { accountId } as InputBefore<Routes['learner']>)
export const readCourse = (accountId: string, courseId: string) =>
  request(observerRoutes.course, { accountId, courseId } as InputBefore<Routes['course']>)
export const useCodeOf = (code: string) => request(observerRoutes.useCode, { code })
export const makeCode = () => request(observerRoutes.makeCode, {})
export const dropCode = (codeId: ObserverCodeId) => request(observerRoutes.dropCode, { codeId })
export const readRules = () => request(observerRoutes.rules, {})
export const changeRules = (rules: InputBefore<Routes['changeRules']>) => request(observerRoutes.changeRules, rules)
export const addObserver = (input: InputBefore<Routes['add']>) => request(observerRoutes.add, input)

export const bringInList = (list: string, how: 'try' | 'good ones') =>
  request(observerListRoutes.bringIn, { list, how })
export const endMany = (observationIds: ObservationId[]) => request(observerListRoutes.endMany, { observationIds })
/** Where everybody who observes somebody is as a file. */
export const linksFile = (): string => requestOf(observerListRoutes.csv, {}).url

/** Ends it, with the way back in the notice. `name`: of the observer, for the notice that says they observe again. */
export async function endWithUndo(
  observationId: ObservationId,
  words: { readonly ended: string; readonly back: string },
  changed: () => void,
): Promise<void> {
  const back = async () => {
    try {
      await request(observerRoutes.restore, { observationId })
      showToast({ text: words.back })
      changed()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  try {
    await request(observerRoutes.end, { observationId })
    showToast({ text: words.ended, onUndo: () => void back() })
    changed()
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
  }
}

export const kindWord = (kind: ObserverKind): string =>
  t(kind === 'guardian' ? 'observers.kindGuardian' : 'observers.kindObserver')
