// A component's hold on a scope: subscribed while it is on screen.
import { useEffect } from 'preact/hooks'
import type { ScopeSpec } from '#protocol/base/scope.ts'
import { scopeStore } from './realtime.ts'
import type { ScopeStore } from './scope-store.ts'

/** The store of a scope, open as long as the component is mounted. Read its signals in the render. */
export function useScope<P extends ScopeSpec>(spec: P, id: string): ScopeStore<P> {
  const store = scopeStore(spec, id)
  useEffect(() => store.open(), [store])
  return store
}
