// Moves when many things of a course open and close, and the dates among their conditions; sets one window for many.
import { type Condition, type ConditionGroup, type ConditionNode, isGroup } from '#protocol/conditions.ts'
import { type AuditRecord, audit } from '#server/features/audit/index.ts'
import {
  type CourseDates,
  courseContext,
  type DatedThings,
  hideModuleUntilOpen,
  hideUntilOpen,
  type Window,
  type Windows,
} from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { lockFree } from '../queries/standing.ts'
import { type ReleaseRow, releases } from '../tables.ts'
import { tellReleases } from './releases.ts'

const conditionMoved = (one: Condition, to: (at: Date) => Date): Condition =>
  one.kind === 'date' ? { ...one, at: to(new Date(one.at)).toISOString() } : one

const nodeMoved = (node: ConditionNode, to: (at: Date) => Date): ConditionNode =>
  isGroup(node) ? { ...node, of: node.of.map(one => nodeMoved(one, to)) } : conditionMoved(node, to)

const releasesOf = async ({ courseId, items, modules }: DatedThings): Promise<ReleaseRow[]> => {
  const subjectId = [...items, ...modules].map(one => one.id)
  return subjectId.length === 0 ? [] : releases.findAll({ where: { courseId, subjectId }, lock: true, raw: true })
}

async function write(ctx: WriteCtx, courseId: string, rows: readonly ReleaseRow[]): Promise<void> {
  if (rows.length === 0) return
  await releases.bulkCreate([...rows], {
    updateOnDuplicate: ['opensAt', 'closesAt', 'tree', 'version', 'changedAt'],
  })
  await tellReleases(ctx, courseId)
}

export const releaseDates: CourseDates = {
  move: async (ctx, things, to) => {
    const rows = await releasesOf(things)
    const moved = rows.flatMap((row): ReleaseRow[] => {
      const opensAt = row.opensAt && to(row.opensAt)
      const closesAt = row.closesAt && to(row.closesAt)
      const tree = row.tree && (nodeMoved(row.tree, to) as ConditionGroup)
      const same = opensAt === null && closesAt === null && JSON.stringify(tree) === JSON.stringify(row.tree)
      return same ? [] : [{ ...row, opensAt, closesAt, tree, version: row.version + 1, changedAt: ctx.now }]
    })
    await write(ctx, things.courseId, moved)
    return { moved: moved.map(row => row.subjectId), left: [] }
  },
}

const windowOf = ({ opensAt, closesAt }: Pick<ReleaseRow, 'opensAt' | 'closesAt'>): Window => ({
  from: opensAt?.toISOString() ?? null,
  until: closesAt?.toISOString() ?? null,
})

/**
 * Sets when things open and close; what else their release says stays. A class is come into by its code: it is left.
 * Throws `not-found`.
 */
export const setWindows: Windows = async (ctx, things, wanted) => {
  const { courseId } = things
  const known = new Map((await releasesOf(things)).map(row => [row.subjectId, row]))
  const before = new Map<string, Window>()
  const left: string[] = []
  const rows: ReleaseRow[] = []
  const entries: AuditRecord[] = []
  const subjects = [
    ...things.items.map(one => ({ subject: 'item' as const, ...one })),
    ...things.modules.map(one => ({ subject: 'module' as const, kind: 'module', ...one })),
  ]
  for (const one of subjects) {
    const window = wanted.get(one.id)
    if (!window) continue
    if (lockFree.has(one.kind)) {
      left.push(one.id)
      continue
    }
    const row: ReleaseRow = known.get(one.id) ?? {
      ...{ subject: one.subject, subjectId: one.id, courseId, opensAt: null, closesAt: null, tree: null },
      ...{ version: 0, changedAt: ctx.now },
    }
    const was = windowOf(row)
    if (was.from === window.from && was.until === window.until) continue
    const [opensAt, closesAt] = [window.from && new Date(window.from), window.until && new Date(window.until)]
    rows.push({
      ...row,
      opensAt: opensAt || null,
      closesAt: closesAt || null,
      version: row.version + 1,
      changedAt: ctx.now,
    })
    before.set(one.id, was)
    entries.push({
      ...{ verb: 'release.changed', subject: { kind: one.subject, id: one.id }, context: courseContext(courseId) },
      details: { courseId, title: one.title, before: was, after: { ...window } },
    })
    // What says nothing hides nothing.
    if (one.hidden && row.tree === null && window.from === null && window.until === null)
      await (one.subject === 'item'
        ? hideUntilOpen(ctx, { courseId, itemId: one.id }, 'shown')
        : hideModuleUntilOpen(ctx, { courseId, moduleId: one.id }, 'shown'))
  }
  await write(ctx, courseId, rows)
  await audit.recordAll(ctx, entries)
  return { before, left }
}
