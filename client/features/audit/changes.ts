// The details of an entry as lines to read: what was before beside what is after. Pure.

export interface ChangeLine {
  readonly key: string
  /** The role that a rule is about, where an act is about several. */
  readonly of?: string
  /** Absent where there was nothing to compare with: it is no change. `before` null: there was nothing. */
  readonly before?: unknown
  readonly after: unknown
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const empty = (value: unknown): boolean => value === null || value === undefined || value === ''

/** Two values that read alike: nothing is nothing, however it is kept. */
const alike = (a: unknown, b: unknown): boolean => (empty(a) ? empty(b) : JSON.stringify(a) === JSON.stringify(b))

/**
 * Lines for `{ before, after, ... }`: only what differs; everything else as it is. What acts keep as `from` and `to` is a change as
 * well, of the role where the act is one of roles; a rule's `before` and `after` are what the place says.
 */
export function changesOf(details: Readonly<Record<string, unknown>>, verb = ''): ChangeLine[] {
  const { before, after, ...others } = details
  const rest: Record<string, unknown> = others
  const lines: ChangeLine[] = []
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      if (!alike(before[key], after[key])) lines.push({ key, before: before[key] ?? null, after: after[key] })
  } else if (before !== undefined && after !== undefined) {
    lines.push({ key: verb.startsWith('role.') ? 'says' : 'became', before, after })
  } else if (before !== undefined) {
    // A new name stands beside what it was called before.
    if (typeof rest.name === 'string' && typeof before === 'string') {
      if (before !== rest.name) lines.push({ key: 'name', before, after: rest.name })
      delete rest.name
    } else rest.before = before
  } else if (after !== undefined) rest.after = after
  // What a course was copied from, or a role; a moment under this word is when something opens.
  if (verb.endsWith('.created') && rest.from !== undefined) {
    rest.madeFrom = rest.from
    delete rest.from
  }
  if (verb.endsWith('.role-changed') && typeof rest.from === 'string' && typeof rest.to === 'string') {
    lines.push({ key: 'role', before: rest.from, after: rest.to })
    delete rest.from
    delete rest.to
  }
  if (verb === 'role.rules-changed' && Array.isArray(rest.changes)) {
    for (const one of rest.changes)
      if (isRecord(one)) lines.push({ key: 'says', of: String(one.role), before: one.before, after: one.after })
    delete rest.changes
  }
  for (const [key, value] of Object.entries(rest)) lines.push({ key, after: value })
  return lines
}
