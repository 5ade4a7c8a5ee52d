// The details of an entry as lines to read: what was before beside what is after. Pure.

export interface ChangeLine {
  readonly key: string
  /** Undefined where there was nothing before, or it is no change. */
  readonly before?: string
  readonly after: string
}

const plain = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? '–'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lines for `{ before, after, ... }`: only what differs; everything else as it is. */
export function changesOf(details: Readonly<Record<string, unknown>>): ChangeLine[] {
  const { before, after, ...others } = details
  const rest: Record<string, unknown> = others
  const lines: ChangeLine[] = []
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      if (plain(before[key]) !== plain(after[key]))
        lines.push({ key, before: plain(before[key]), after: plain(after[key]) })
  } else {
    if (before !== undefined) rest.before = before
    if (after !== undefined) rest.after = after
  }
  for (const [key, value] of Object.entries(rest)) lines.push({ key, after: plain(value) })
  return lines
}
