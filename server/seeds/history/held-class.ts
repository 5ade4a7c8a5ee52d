// What is told of a class that was held. People by their first name, minutes from the beginning.
import type { DemoActivity } from '../course.ts'

export interface AskedInClass {
  readonly minute: number
  readonly who: string
  readonly title: string
  readonly votes: number
  readonly nameless?: true
  readonly replies?: readonly { readonly minute: number; readonly who: string; readonly text: string }[]
  /** aloud: answered in the room. accepted: the last reply is the answer. Left out: it still waits. */
  readonly outcome?: 'aloud' | 'accepted'
}

export interface HeldClass {
  readonly title: string
  /** In which module of the course its activities stand. */
  readonly module: number
  readonly activities: readonly DemoActivity[]
  readonly absent: readonly string[]
  readonly talk: readonly (readonly [minute: number, who: string, text: string])[]
  readonly questions: readonly AskedInClass[]
}
