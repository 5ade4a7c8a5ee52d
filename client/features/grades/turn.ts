// When a person's own grades may read differently: told in their own scope, never with a figure.
import { useEffect } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { userScope } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'

/** A number that changes with each word that one's own grades did; guests of a class hear of theirs too. */
export function useOwnTurn(): number | undefined {
  const id = person.value?.id
  const store = id === undefined ? undefined : scopeStore(userScope, id as AccountId)
  useEffect(() => store?.open(), [store])
  return store?.state.value?.changed.grades
}

/** Reads again after each word that one's own grades changed. */
export function useGradesTurn(reload: () => void): void {
  const turn = useOwnTurn()
  useEffect(() => {
    if (turn !== undefined) reload()
  }, [turn])
}
