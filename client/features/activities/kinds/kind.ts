// What the client knows of an activity kind: its words, its part of the editor, its card and its boards. A kind is one
// file beside this one and one line in the registry.
import type { ComponentType } from 'preact'
import type { ChoiceCardProps } from '#client/features/questions/ChoiceCard.tsx'
import type { Verdict } from '#client/features/questions/options.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import type { ActivityHostView, ActivityKindName, ActivityView } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import type { Choice } from '#protocol/question-types/question-type.ts'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'

export type Settings = Readonly<Record<string, unknown>>

export type SettingsProps = { readonly settings: Settings; readonly onSettings: (settings: Settings) => void }

/** The card adds nothing to the wire: what it is given is what a learner may know. */
export type LearnerCardProps = ChoiceCardProps

export type BoardProps = {
  readonly view: ActivityView
  /** What the reader chose, to find it again. */
  readonly mine?: readonly string[] | undefined
  readonly stage?: boolean | undefined
}

export type HostBoardProps = {
  readonly view: ActivityHostView
  /** The tally of the moment, or the final one. */
  readonly tally: Tally
  readonly joined: number
}

export type KindParts = {
  readonly kind: ActivityKindName
  readonly label: string
  readonly lead: string
  readonly icon: LucideIcon
  /** Whether items have a key and points. */
  readonly keyed: boolean
  readonly SettingsPart: ComponentType<SettingsProps>
  readonly LearnerCard: ComponentType<LearnerCardProps>
  readonly Board: ComponentType<BoardProps>
  readonly HostBoard: ComponentType<HostBoardProps>
  /** How an answer stood, once everybody may know; undefined where nothing is right or wrong. */
  readonly verdict: (view: ActivityView, asked: AskedQuestion, answer: Choice | undefined) => Verdict | undefined
  /** The options that are right, once everybody may know. */
  readonly rightIds: (view: ActivityView) => readonly string[] | undefined
}
