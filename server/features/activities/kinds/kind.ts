// What an activity kind is on the server: pure functions over plain data, who and now. A kind is this file's interface
// filled in once, one line in registry.ts and one file in the protocol; it never sees a database, clock or socket.
import type { ActivityHostView, ActivityKindName, ActivityMove, ActivityView } from '#protocol/activities/registry.ts'
import type { Phase, Steer, Tally } from '#protocol/activities/staged.ts'
import type { ItemId, Ruling } from '#protocol/activities.ts'
import type { Instant } from '#protocol/base/ids.ts'
import type { ProblemCode } from '#protocol/base/problems.ts'
import type { Counted, Share } from '#protocol/question-types/question-type.ts'
import type { AskedQuestion, WrittenQuestion } from '#protocol/question-types/registry.ts'

/** The stored state of a delivery. Every instant is database time. */
export interface Shared {
  readonly phase: Phase
  /** The item on stage; null before the first. */
  readonly itemId: ItemId | null
  readonly openedAt: Instant | null
  /** While open: when the clock runs out, null without a limit. From closing on: answers stamped later are late. */
  readonly closesAt: Instant | null
  readonly pausedAt: Instant | null
  readonly remainingMs: number | null
  readonly limitSeconds: number | null
  /** The longest extra time anybody in this delivery has; the item closes for everybody after it. */
  readonly extraMs: number
  /** When the host locked: nobody's deadline, extra time included, is later than this. */
  readonly lockedAt: Instant | null
  /** The host said finish while answers were taken: once closed it is done. */
  readonly ending: boolean
  /** Items in the order in which they were first opened. */
  readonly opened: readonly ItemId[]
  /** Items that closed at least once: these were asked, and grades count them. */
  readonly closed: readonly ItemId[]
  /** Items whose result everybody was shown. */
  readonly revealed: readonly ItemId[]
  /** The final tally of each item that closed; of items whose words hosts moderate, the one of the last steer. */
  readonly tallies: Readonly<Record<string, Tally>>
  /** What hosts decided about what learners wrote, by item; absent where nothing was. */
  readonly moderation?: Readonly<Record<string, ItemModeration>>
  /** Words that are hidden in every item. */
  readonly banned?: readonly string[]
}

/** What hosts decided in one item. A mark names a word as it is folded, or a response. */
export interface ItemModeration {
  /** In the order in which they were shown; `number` names one outward. */
  readonly shown: readonly { readonly mark: string; readonly text: string; readonly number: number }[]
  readonly hidden: readonly string[]
  /** What is counted with something else, by what it is counted with. */
  readonly merged: Readonly<Record<string, string>>
  /** The highest number given so far: none is given twice. */
  readonly last?: number
}

/** An item as rules see it. `points` is a decimal string. */
export interface PlanItem {
  readonly id: ItemId
  readonly points: string
  readonly question: WrittenQuestion
  /** What was decided beside the key; absent where the key decides. */
  readonly ruling?: Ruling
}

export interface Plan {
  readonly settings: unknown
  readonly items: readonly PlanItem[]
}

/** One person's standing towards one item. */
export interface Seat {
  readonly answered: boolean
  readonly finished: boolean
  readonly extraMs: number
}

/** From when until when answers to an item are taken, and why not if not. Made of the delivery, not of the person. */
export interface Window {
  /** `paused`: what was stamped before `closesAt` is still flushed in, nothing later until it goes on. */
  readonly state: 'before' | 'open' | 'paused' | 'over'
  /** Everybody's deadline; a person's extra time is added to it. Null without a limit. */
  readonly closesAt: Instant | null
  /** What even extra time does not pass. */
  readonly lockedAt: Instant | null
}

export interface Act {
  readonly asked: AskedQuestion
  readonly settings: unknown
  readonly window: Window
  readonly seat: Seat
  readonly move: ActivityMove
  /** When it arrived. */
  readonly at: Date
}

/** null: taken. Else the reason for the refusal. */
export type Decision = Extract<
  ProblemCode,
  'late' | 'not-open' | 'paused' | 'already-answered' | 'answer-unfit' | 'handed-in'
> | null

export interface Kind {
  readonly kind: ActivityKindName
  /** The state of a new delivery. */
  readonly start: () => Shared
  /**
   * What a host's steer makes of the state. Throws `wrong-phase`, `nothing-next`, `no-time-limit`, `not-found`, `malformed` for
   * a steer of another kind, and of moderation `too-many` and `merged-with-itself`.
   */
  readonly steer: (
    plan: Plan,
    shared: Shared,
    steer: Steer,
    now: Date,
    extraMs: number,
    /** What a host shows, for kinds that quote. */
    quoted?: ActivityMove,
  ) => Shared
  /** When time alone changes the stored state; null when it never does. */
  readonly dueAt: (shared: Shared) => Date | null
  /** The state that time alone has made, or undefined when nothing is due. */
  readonly advance: (shared: Shared, now: Date) => Shared | undefined
  /** Whether answers to this item are taken by the state of a live delivery. */
  readonly window: (shared: Shared, itemId: ItemId) => Window
  /** Decides one answer. Touches nobody else's seat. */
  readonly act: (act: Act) => Decision
  /** Which of a person's responses to an item counts. */
  readonly counts: (settings: unknown) => 'first' | 'last'
  /** Whether items of these settings have a right answer that earns points. */
  readonly scored: (settings: unknown) => boolean
  /** The share of the points a move earns; null where nothing is scored. */
  readonly score: (settings: unknown, question: WrittenQuestion, move: ActivityMove) => Share | null
  /** How often each thing was answered, from the moves that count; only `answered` for kinds that count no more. */
  readonly tally: (
    settings: unknown,
    item: Pick<PlanItem, 'id' | 'question'>,
    shared: Shared,
    given: readonly Counted<ActivityMove>[],
  ) => Tally
  /** Whether a tally looks into moves, or only counts who gave one: then none is read for it. */
  readonly counted: 'moves' | 'people'
  /** What everybody may see of the tally while answers come; null for nothing. Kinds without it show nothing. */
  readonly shownLive?: (settings: unknown, shared: Shared, itemId: ItemId, tally: Tally) => Tally | null
  /** Whether what a host shows is a response, whose words are kept as they were then. */
  readonly quotes?: boolean
  /** What everybody sees: nothing in it gives an answer away before the reveal. */
  readonly view: (plan: Plan, shared: Shared) => ActivityView
  readonly hostView: (plan: Plan, shared: Shared) => ActivityHostView
}
