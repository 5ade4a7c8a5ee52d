// A number that moves when something happens in one of the person's courses.
import { useEffect } from 'preact/hooks'
import { courses } from '#client/app/frame.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { useSettled } from '#client/platform/use-settled.ts'
import { courseScope } from '#protocol/courses.ts'
import { mostHeard } from './mine.ts'

/** Grows when something happened in one of the person's courses, once a burst is over: a class starts, homework opens. */
export function useCoursesHeads(): number {
  const stores = courses.value.slice(0, mostHeard).map(course => scopeStore(courseScope, course.id))
  const ids = courses.value.slice(0, mostHeard).map(course => course.id)
  useEffect(() => {
    const releases = stores.map(store => store.open())
    return () => {
      for (const release of releases) release()
    }
  }, [ids.join()])
  return useSettled(stores.reduce((sum, store) => sum + store.head.value, 0))
}
