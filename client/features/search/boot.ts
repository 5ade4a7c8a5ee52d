// Lets the palette find what the server knows by its title. Called once by main.
import { BookOpen, CircleUser, FileQuestion, MessagesSquare, Search } from 'lucide-preact'
import { type PaletteChoice, registerPaletteMore, registerPaletteSearch } from '#client/app/palette/registry.ts'
import { pathTo } from '#client/app/paths.ts'
import { audienceIn } from '#client/features/courses/mine.ts'
import { itemKind } from '#client/features/courses/registry.ts'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { headingKind } from '#protocol/courses.ts'
import { type Found, type Hit, searchRoutes } from '#protocol/search.ts'
import { iconOf, kindOf, pathOf, wordsOf } from './hits.ts'

function choiceOf(one: Found): PaletteChoice | undefined {
  const { courseId, courseTitle: course } = one
  const base = { key: `${one.kind} ${one.id}`, label: one.title }
  switch (one.kind) {
    case 'course':
      return { ...base, key: `course ${courseId}`, icon: BookOpen, does: { go: pathTo('course', { courseId }) } }
    case 'topic':
      return {
        ...base,
        detail: t('palette.topicIn', { course }),
        icon: MessagesSquare,
        does: { go: pathTo('topic', { courseId, topicId: one.id }) },
      }
    case 'person':
      return {
        ...base,
        detail: t('palette.personIn', { course }),
        icon: CircleUser,
        does: { go: pathTo('people', { courseId }, { search: one.title }) },
      }
    case 'item': {
      const kind = one.item ? itemKind(one.item.kind) : undefined
      // A heading opens nothing: it is found where it stands.
      const go =
        one.item?.kind === headingKind
          ? pathTo('course', { courseId })
          : one.item && kind?.path({ courseId, ...one.item }, audienceIn(courseId))
      if (!go) return undefined
      return { ...base, detail: course, icon: kind?.icon ?? FileQuestion, does: { go } }
    }
  }
}

/** Most titles that are asked for at once. */
const most = 20
/** The best of what stands inside of things; the rest is a choice away. */
const mostInside = 5

function insideOf(hit: Hit): PaletteChoice | undefined {
  const go = pathOf(hit)
  if (!go) return undefined
  const inside = hit.excerpt.some(one => one.hit) ? hit.excerpt : hit.title
  const detail = [kindOf(hit), hit.course?.title].filter(Boolean).join(' · ')
  return { key: `inside ${hit.id}`, label: wordsOf(inside), detail, icon: iconOf(hit), does: { go } }
}

export function startSearch(): void {
  registerPaletteSearch('titles', async (words, { courseId }, signal) => {
    const { items } = await request(
      searchRoutes.titles,
      { words, limit: most, ...(courseId ? { near: courseId } : {}) },
      { signal },
    )
    return items.map(choiceOf).filter(one => one !== undefined)
  })
  registerPaletteSearch('everything', async (words, _where, signal) => {
    const { items } = await request(searchRoutes.everything, { words, limit: mostInside }, { signal })
    return items.map(insideOf).filter(one => one !== undefined)
  })
  registerPaletteMore(words => ({
    key: 'everything',
    label: t('search.everythingFor', { words }),
    icon: Search,
    does: { go: pathTo('search', {}, { q: words }) },
  }))
}
