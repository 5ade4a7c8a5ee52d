// Keeps a person's courses current: the rail and every page that lists them are read again after a word in the
// person's own scope and when the connection came back. Loaded once, at the start of the client.
import { effect, untracked } from '@preact/signals'
import { courses as frameCourses, gate, person } from '#client/app/frame.ts'
import { realtime, scopeStore } from '#client/platform/realtime.ts'
import { userScope } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { watchLiveClasses } from './live-now.ts'
import { myCoursesTurn } from './mine.ts'
import { startCoursePalette } from './palette.ts'
import { refreshBeside } from './store.ts'

/** Words that come together are read for once, in milliseconds. */
const togetherMs = 150

let reading: ReturnType<typeof setTimeout> | undefined

function readSoon(): void {
  clearTimeout(reading)
  reading = setTimeout(() => void refreshBeside(), togetherMs)
}

/** Starts it; called once by main. */
export function startCourses(): void {
  watchLiveClasses()
  startCoursePalette()
  let release: (() => void) | undefined
  let heard: (() => void) | undefined
  effect(() => {
    const who = person.value
    release?.()
    heard?.()
    clearTimeout(reading)
    // Nothing is open to whom something stands before.
    if (!who || who.guest || gate.value) {
      frameCourses.value = []
      return
    }
    const own = scopeStore(userScope, who.id as AccountId)
    // Opening looks at the connection, which must not make this run again.
    release = untracked(() => own.open())
    heard = effect(() => {
      // Read to be woken by them: a course came or went, or an hour without a connection has passed.
      void own.head.value
      if (realtime().state.value !== 'online') return
      myCoursesTurn.value = myCoursesTurn.peek() + 1
      readSoon()
    })
  })
}
