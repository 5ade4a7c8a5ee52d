// Acts on many things of a course at once, each with one notice that takes all of it back.
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { mostAtOnce, outlineRoutes, type ThingChange } from '#protocol/courses/outline.ts'
import type { CourseId, CourseItem, CourseModule } from '#protocol/courses.ts'
import { itemKind } from './registry.ts'

export interface Chosen {
  readonly courseId: string
  readonly items: readonly CourseItem[]
  readonly modules: readonly CourseModule[]
}

type What = Omit<ThingChange, 'subject' | 'id' | 'version'>

const ofItems = (items: readonly CourseItem[], what: What): ThingChange[] =>
  items.map(({ id, version }) => ({ subject: 'item', id, version, ...what }))

const ofModules = (modules: readonly CourseModule[], what: What): ThingChange[] =>
  modules.map(({ id, version }) => ({ subject: 'module', id, version, ...what }))

const fail = (error: unknown) => {
  const stale = error instanceof ClientProblem && error.code === 'conflict' && typeof error.params.title === 'string'
  const text = stale ? t('courses.manyStale', { title: String(error.params.title) }) : problemWords(error)
  showToast({ text, tone: 'bad' })
}

/** Sends them; answers whether they were carried out. Says so, with what takes it back, or why not. */
export async function send(courseId: string, changes: readonly ThingChange[], words: string): Promise<boolean> {
  if (changes.length > mostAtOnce) {
    showToast({ text: t('courses.manyTooMany', { most: mostAtOnce }), tone: 'bad' })
    return false
  }
  const input = { courseId: courseId as CourseId }
  try {
    const { undo, left } = await request(outlineRoutes.changeMany, { ...input, changes: [...changes] })
    const more =
      left.length > 0 ? ` ${t('courses.manyLeft', { count: left.length, titles: left.slice(0, 3).join(', ') })}` : ''
    const takeBack = () => void request(outlineRoutes.changeMany, { ...input, changes: undo }).catch(fail)
    showToast({ text: words + more, ...(undo.length > 0 ? { onUndo: takeBack } : {}) })
    return true
  } catch (error) {
    fail(error)
    return false
  }
}

/** What is published with these items, in words: what learners open from the course, and what they meet elsewhere alone. */
function publishedWords(items: readonly CourseItem[]): string {
  const met = items.filter(one => itemKind(one.kind)?.staffs).length
  const count = items.length - met
  return [
    ...(count > 0 ? [t('courses.manyPublished', { count })] : []),
    ...(met > 0 ? [t('courses.manyPublishedMet', { count: met })] : []),
  ].join(' ')
}

export const showMany = ({ courseId, items }: Chosen, shown: 'published' | 'hidden'): Promise<boolean> =>
  send(
    courseId,
    ofItems(items, { published: shown === 'published' }),
    shown === 'published' ? publishedWords(items) : t('courses.manyHidden', { count: items.length }),
  )

/** What stands in a chosen module goes with it. */
export function removeMany({ courseId, items, modules }: Chosen): Promise<boolean> {
  const gone = new Set<string | null>(modules.map(one => one.id))
  const loose = items.filter(one => !gone.has(one.moduleId))
  const count = items.length + modules.length
  const changes = [...ofItems(loose, { removed: true }), ...ofModules(modules, { removed: true })]
  return send(courseId, changes, t('courses.manyRemoved', { count }))
}

export const dateMany = (
  { courseId, items, modules }: Chosen,
  what:
    | { readonly days: number }
    | { readonly window: { readonly from: string | null; readonly until: string | null } },
): Promise<boolean> =>
  send(
    courseId,
    [...ofItems(items, what), ...ofModules(modules, what)],
    t('courses.manyDated', { count: items.length + modules.length }),
  )
