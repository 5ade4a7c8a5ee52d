// Who may import, what may be done with an import when, and how long it knows whom it was about. Pure.
import { demand } from '#protocol/base/problems.ts'
import type { ImportState } from '#protocol/imports.ts'
import type { Who } from '#server/platform/ctx.ts'

/** Whoever imports makes accounts and enrols anywhere: administrators alone. */
export const mayImport = (who: Who): boolean => who.kind === 'account' && who.siteRole === 'administrator'

/** Lists are filled and checked before the work begins. Throws `import-begun`. */
export const demandNotBegun = (state: ImportState): void =>
  demand(state === 'filling' || state === 'checked', 'import-begun')

/** Only what was checked as it stands is done. Throws `import-begun`, `import-not-checked`. */
export function demandChecked(state: ImportState): void {
  demandNotBegun(state)
  demand(state === 'checked', 'import-not-checked')
}

/** Days for which the rows of an import say who they were about. */
const namesKeptDays = 90

/** Imports made before this moment keep counts and lines, and no names. */
export const namesKeptSince = (now: Date): Date => new Date(now.getTime() - namesKeptDays * 86_400_000)
