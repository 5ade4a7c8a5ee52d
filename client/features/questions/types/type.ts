// What the client knows of a question type: its words, its fields in the editor, the learner's card, what stands on the
// stage and how answers to it are drawn. A type is one file beside this one and one line in the registry.
import type { ComponentType } from 'preact'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import type { AskedQuestion, ToldKey, WrittenQuestion } from '#protocol/question-types/registry.ts'
import type { DraftGaps, QuestionDraft } from '../draft.ts'

/** open: may be answered. locked: may not. revealed: the key is shown. */
export type CardPhase = 'open' | 'locked' | 'revealed'

export type AnswerCardProps = {
  readonly asked: AskedQuestion
  readonly phase: CardPhase
  /** What stands given, sent or not. */
  readonly move: ActivityMove | null
  /** Whether it is on its way. */
  readonly pending: boolean
  /** Only once everybody may know. */
  readonly answerKey?: ToldKey | undefined
  /** Null: what stands there is no answer. */
  readonly onMove: (move: ActivityMove | null) => void
  /** Set where giving does not send at once: the button that sends, with its words. */
  readonly confirm?: { readonly label: string; readonly disabled: boolean; readonly onSend: () => void } | undefined
}

export type AnswerBoardProps = {
  readonly question: AskedQuestion | WrittenQuestion
  readonly tally: Tally
  /** How many, in words. */
  readonly summary: string
  /** Whether no more answers come. */
  readonly over: boolean
  readonly answerKey?: ToldKey | undefined
  /** What the reader gave, to find it again. */
  readonly mine?: ActivityMove | null | undefined
  readonly stage?: boolean | undefined
}

export type FieldsProps = {
  readonly draft: QuestionDraft
  /** Whether anything is right or wrong. */
  readonly keyed: boolean
  readonly gaps?: DraftGaps | undefined
  /** The question was answered: its words stand, only what is right may be another. */
  readonly only?: 'the key' | undefined
  readonly onDraft: (draft: QuestionDraft) => void
  readonly onLeave: () => void
}

export type TypeParts = {
  readonly label: string
  readonly Fields: ComponentType<FieldsProps>
  readonly Card: ComponentType<AnswerCardProps>
  readonly Board: ComponentType<AnswerBoardProps>
  /** What stands under the prompt on the projector while answers are taken. */
  readonly Stage: ComponentType<{ readonly asked: AskedQuestion; readonly locked: boolean }>
  /** How large the board on the projector may be: how many answers it shows, and whether they are long. */
  readonly stageSize: (asked: AskedQuestion, tally: Tally) => { readonly count: number; readonly long: boolean }
  /** The question's answers with what is right among them, for its author. */
  readonly Written: ComponentType<{ readonly question: WrittenQuestion; readonly keyed: boolean }>
  /** An answer that was given. */
  readonly Given: ComponentType<{ readonly asked: AskedQuestion; readonly move: ActivityMove }>
  /** The same in a few words. */
  readonly givenWords: (asked: AskedQuestion, move: ActivityMove) => string
  readonly keyWords: (asked: AskedQuestion, key: ToldKey) => string
}
