// When to read a person's courses again: after a word in their own scope, and when the connection came back.
import { signal } from '@preact/signals'

/** Counts the times the person's courses may have changed. */
export const myCoursesTurn = signal(0)

/** A number that changes when the person's courses may have changed; part of what a page loads by. */
export const useMyCourses = (): number => myCoursesTurn.value
