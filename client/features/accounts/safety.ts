// What one's own page knows of how one comes in is read anew when another device, or an administrator, changes it.
import { type Loaded, useReload } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { safetyScope } from '#protocol/accounts/safety.ts'

/** Reads it anew at each change of how this person comes in. */
export const useSafety = (loaded: Pick<Loaded<unknown>, 'reload'>, accountId: string): void =>
  useReload(loaded, useScope(safetyScope, accountId).head.value)
