// Watches the person's courses for a class that is live, for the frame: the rail's mark and the one tap into it.
import { computed, effect, untracked } from '@preact/signals'
import { courses as frameCourses, liveClass } from '#client/app/frame.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { courseScope, isLive } from '#protocol/courses.ts'
import { audienceIn, mostHeard } from './mine.ts'
import { itemKind } from './registry.ts'

const heard = computed(() =>
  frameCourses.value
    .slice(0, mostHeard)
    .map(course => course.id)
    .join(' '),
)

/** Starts it; called once by `startCourses`. */
export function watchLiveClasses(): void {
  let releases: readonly (() => void)[] = []
  effect(() => {
    const ids = heard.value.split(' ').filter(id => id !== '')
    for (const release of releases) release()
    releases = untracked(() => ids.map(id => scopeStore(courseScope, id).open()))
  })

  effect(() => {
    const ids = heard.value.split(' ').filter(id => id !== '')
    const live = new Map<string, { title: string; href: string } | undefined>()
    for (const id of ids) {
      const state = scopeStore(courseScope, id).state.value
      if (!state) continue
      const item = state.items.find(isLive)
      const href = item && itemKind(item.kind)?.path({ courseId: id, ...item }, audienceIn(id))
      live.set(id, item && href !== undefined ? { title: item.title, href } : undefined)
    }
    liveClass.value = [...live.values()].find(one => one !== undefined) ?? null
    const shown = frameCourses.peek()
    // Only what has been heard is corrected; what was read with the list stands until then.
    const next = shown.map(course =>
      live.has(course.id) ? { ...course, live: live.get(course.id) !== undefined } : course,
    )
    if (next.some((course, at) => course.live !== shown[at]?.live)) frameCourses.value = next
  })
}
