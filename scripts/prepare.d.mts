// The shapes of prepare.mjs, for the TypeScript that imports it.

export const root: string
export function checkNode(): void
export function install(options: { withDev: boolean }): void
export function build(names: readonly ('server' | 'client')[]): void
export function endWithParent(): void
