// The mark of an answer: its letter in its shape in its colour, the same on stage, remote and phone.
import type { AnswerLetter } from '#protocol/question-types/choice.ts'
import './AnswerMark.css'

const shapes: { readonly [letter in AnswerLetter]: { readonly path: string; readonly y: number } } = {
  A: { path: 'M16 2a14 14 0 1 0 0 28a14 14 0 1 0 0-28Z', y: 16 },
  B: { path: 'M6 3h20a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3h-20a3 3 0 0 1-3-3v-20a3 3 0 0 1 3-3Z', y: 16 },
  C: {
    path: 'M16 .8a2.4 2.4 0 0 1 2.1 1.2l13 24.4a2.4 2.4 0 0 1-2.1 3.6h-26a2.4 2.4 0 0 1-2.1-3.6l13-24.4a2.4 2.4 0 0 1 2.1-1.2Z',
    y: 20.5,
  },
  D: {
    path: 'M16 .4a2.4 2.4 0 0 1 1.7.7l13.2 13.2a2.4 2.4 0 0 1 0 3.4l-13.2 13.2a2.4 2.4 0 0 1-3.4 0l-13.2-13.2a2.4 2.4 0 0 1 0-3.4l13.2-13.2a2.4 2.4 0 0 1 1.7-.7Z',
    y: 16,
  },
  E: {
    path: 'M9.6 3.2h12.8a2 2 0 0 1 1.7 1l6.4 10.8a2 2 0 0 1 0 2l-6.4 10.8a2 2 0 0 1-1.7 1h-12.8a2 2 0 0 1-1.7-1l-6.4-10.8a2 2 0 0 1 0-2l6.4-10.8a2 2 0 0 1 1.7-1Z',
    y: 16,
  },
  F: {
    path: 'M14.8 1.4a2 2 0 0 1 2.4 0l12.8 9.3a2 2 0 0 1 .7 2.2l-4.9 15.1a2 2 0 0 1-1.9 1.4h-15.8a2 2 0 0 1-1.9-1.4l-4.9-15.1a2 2 0 0 1 .7-2.2Z',
    y: 17.5,
  },
  G: {
    path: 'M11.5 1h9a2 2 0 0 1 2 2v6.5h6.5a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6.5v6.5a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-6.5h-6.5a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2h6.5v-6.5a2 2 0 0 1 2-2Z',
    y: 16,
  },
  H: { path: 'M16 4.5a15.5 17 0 0 1 15.5 17v4a2 2 0 0 1-2 2h-27a2 2 0 0 1-2-2v-4a15.5 17 0 0 1 15.5-17Z', y: 18.5 },
}

export type AnswerMarkProps = {
  readonly letter: AnswerLetter
  /** In pixels of 16; `em` grows with the words beside it, as on the stage. */
  readonly size?: 24 | 32 | 'em' | undefined
}

/** Decorative: the letter must also stand in the accessible name beside it. */
export function AnswerMark({ letter, size = 32 }: AnswerMarkProps) {
  const shape = shapes[letter]
  return (
    <svg
      class="answer-mark"
      data-letter={letter}
      data-size={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <path class="answer-mark-shape" d={shape.path} />
      <text class="answer-mark-letter" x="16" y={shape.y} text-anchor="middle" dominant-baseline="central">
        {letter}
      </text>
    </svg>
  )
}
