// Whether somebody typed a name as it is, for what asks it of them before an act: read generously, since it is to be known who
// is meant and not how they are spelled. Never for finding an account.

/** Without marks, case and spaces; a dotless i is an i. */
const bare = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i').replace(/\s/gu, '')

/** Whether `typed` is this name. Nothing typed is nobody's name. */
export function isSameName(typed: string, name: string): boolean {
  const wanted = bare(name)
  return typed.trim() !== '' && (wanted === '' ? typed.trim() === name.trim() : bare(typed) === wanted)
}
