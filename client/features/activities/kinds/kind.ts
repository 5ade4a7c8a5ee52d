// What the client knows of an activity kind: its words, its part of the editor, its card and its boards. A kind is one
// file beside this one and one line in the registry.
import type { ComponentType } from 'preact'
import type { Verdict } from '#client/features/questions/options.ts'
import type { AnswerCardProps } from '#client/features/questions/types/type.ts'
import type { ActivityHostView, ActivityKindName, ActivityMove, ActivityView } from '#protocol/activities/registry.ts'
import type { Steer, Tally } from '#protocol/activities/staged.ts'
import type { Sends } from '#protocol/question-types/question-type.ts'
import type { AskedQuestion, ToldKey } from '#protocol/question-types/registry.ts'

export type Settings = Readonly<Record<string, unknown>>

export type SettingsProps = { readonly settings: Settings; readonly onSettings: (settings: Settings) => void }

/** The card adds nothing to the wire: what it is given is what a learner may know. */
export type LearnerCardProps = AnswerCardProps & {
  /** How many words may be given, where words are. */
  readonly most?: number | undefined
}

export type BoardProps = {
  readonly view: ActivityView
  /** What everybody may see of the moment, newer than what the view holds. */
  readonly now?: Tally | undefined
  /** What the reader gave, to find it again. */
  readonly mine?: ActivityMove | null | undefined
}

export type StageProps = {
  readonly view: ActivityView
  readonly now?: Tally | undefined
  readonly locked: boolean
}

export type HostBoardProps = {
  readonly activityId: string
  readonly deliveryId: string
  readonly view: ActivityHostView
  /** The tally of the moment, or the final one. */
  readonly tally: Tally
  readonly joined: number
  /** Acts of moderation. */
  readonly onSteer: (steer: Steer) => void
}

export type KindParts = {
  readonly kind: ActivityKindName
  readonly label: string
  readonly lead: string
  /** What the dialog that makes one is called. */
  readonly newTitle: string
  /** Whether items have a key and points. */
  readonly keyed: boolean
  readonly SettingsPart: ComponentType<SettingsProps>
  readonly LearnerCard: ComponentType<LearnerCardProps>
  /** Whether an answer goes out as it is given, or waits for a button. */
  readonly sends: (asked: AskedQuestion, mayChange: boolean) => Sends
  /** What a participant sees of everybody's answers; nothing where nothing may be seen. */
  readonly Board: ComponentType<BoardProps>
  /** Below the prompt on the projector, before the result and with it. */
  readonly StagePart: ComponentType<StageProps>
  readonly HostBoard: ComponentType<HostBoardProps>
  /** How an answer stood, once everybody may know; undefined where nothing is right or wrong. */
  readonly verdict: (
    view: ActivityView,
    asked: AskedQuestion,
    answer: ActivityMove | null | undefined,
  ) => Verdict | undefined
  /** What is right, once everybody may know. */
  readonly toldKey: (view: ActivityView) => ToldKey | undefined
}
