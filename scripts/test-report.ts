// What a run of tests says last: which tests failed and why, and where the time went. Whoever keeps only the end of a
// long log still reads what went wrong.

import { relative } from 'node:path'

/** A test or hook that failed, as the reporter wrote it down; `stack` and `cause` may be empty. */
export interface Failure {
  readonly file: string
  readonly title: string
  readonly message: string
  readonly stack: string
  readonly cause: string
  /** Where the pages of a story stood, in lines. */
  readonly stood: readonly string[]
}

export interface Report {
  passes: number
  failures: number
  pending: number
  failed: readonly Failure[]
  /** Milliseconds by the path of the file. */
  took: { readonly [file: string]: number }
  /** False of a process that died before its last test. */
  over: boolean
}

/** A report of nothing yet. */
export const emptyReport = (): Report => ({ passes: 0, failures: 0, pending: 0, failed: [], took: {}, over: false })

const cut = (line: string): string => (line.length > 300 ? `${line.slice(0, 300)}…` : line)

const firstLines = (text: string, count: number): string[] =>
  text
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, count)
    .map(cut)

/**
 * Where a failure came about: the first line of its stack in the test's own file, else the first in any file of ours,
 * without the folder all of it lies in; null when there is none.
 */
export function placeOf({ file, stack }: Failure, root: string): string | null {
  const lines = stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .map(line => line.trim().replace('file://', '').replace(`${root}/`, ''))
    .filter(line => /[ (]\w[\w.-]*\/[^:]+:\d+:\d+\)?$/.test(line) && !line.includes('node_modules'))
  return lines.find(line => line.includes(relative(root, file))) ?? lines[0] ?? null
}

/** The lines that repeat the failures: a heading, and for each its file, title, message, cause, place and pages. Empty when there are none. */
export function failureLines(reports: readonly Report[], root: string): string[] {
  const failed = reports.flatMap(report => report.failed)
  if (failed.length === 0) return []
  const each = failed.flatMap(one => [
    `  ✗ ${[relative(root, one.file), one.title].filter(Boolean).join(' › ')}`,
    ...firstLines(one.message, 8).map(line => `      ${line}`),
    ...firstLines(one.cause, 2).map(line => `      because: ${line}`),
    ...[placeOf(one, root)].filter(place => place !== null).map(place => `      ${place}`),
    ...one.stood.slice(0, 24).map(line => `      ${cut(line)}`),
  ])
  return ['Failed:', ...each]
}

/** The lines that name the `count` slowest files, the slowest first, in seconds. */
export function slowestLines(reports: readonly Report[], root: string, count: number): string[] {
  const all = reports.flatMap(report => Object.entries(report.took)).sort(([, a], [, b]) => b - a)
  if (all.length < 2) return []
  const seconds = (ms: number): string => (ms / 1000).toFixed(1).padStart(7)
  return [
    'Slowest files, in seconds:',
    ...all.slice(0, count).map(([file, ms]) => `${seconds(ms)}  ${relative(root, file)}`),
  ]
}
