// What a learner has done, on the course home: a sign at each item that is done, and a button at those that they mark by
// hand. For staff the rule of an item, as the dialog of its access asks for it.
import { Check } from 'lucide-preact'
import { useMemo } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import type { CourseItem } from '#protocol/courses.ts'
import { type CompletionRule, completionAsks, type ProgressCell, progressRoutes } from '#protocol/progress.ts'
import { progressTurn } from './store.ts'

/** The reader's own cell of an item; undefined for what asks nothing of them. */
export type Marks = (itemId: string) => ProgressCell | undefined

/** What the reader has done in a course, live; `turn` grows with what else may change it. Nothing is read for staff. */
export function useMarks(courseId: string, reader: 'staff' | 'learner' | null, turn: number): Marks {
  type Mine = Output<typeof progressRoutes.mine>
  const mine = useLoad<Mine>(reader === 'learner' ? courseId : null, () => request(progressRoutes.mine, { courseId }))
  useReload(mine, `${progressTurn.value} ${turn}`)
  const cells = useMemo(() => new Map(mine.value?.items.map(one => [one.itemId as string, one.cell])), [mine.value])
  return itemId => cells.get(itemId)
}

type MarkInput = InputBefore<typeof progressRoutes.mark>

async function mark(courseId: string, item: CourseItem, done: 'yes' | 'no'): Promise<void> {
  const say = (word: 'yes' | 'no') =>
    request(progressRoutes.mark, { courseId, itemId: item.id, done: word } as MarkInput).catch((error: unknown) => {
      showToast({ text: problemWords(error), tone: 'bad' })
      throw error
    })
  const turned = () => {
    progressTurn.value += 1
  }
  await say(done).then(turned, () => undefined)
  if (done === 'yes')
    showToast({
      text: t('progress.markedUndo', { title: item.title }),
      onUndo: () => void say('no').then(turned, () => undefined),
    })
}

export type DoneMarkProps = {
  readonly courseId: string
  readonly item: CourseItem
  readonly cell: ProgressCell | undefined
}

/** The sign of what is done, or the button that says so. */
export function DoneMark({ courseId, item, cell }: DoneMarkProps) {
  if (cell?.state === 'done') {
    const done = (
      <Badge tone="good" icon={Check}>
        {t('progress.done')}
      </Badge>
    )
    if (cell.how !== 'marked') return done
    return (
      <Button
        size="small"
        kind="quiet"
        aria-label={t('progress.takeMark', { title: item.title })}
        onClick={() => void mark(courseId, item, 'no')}
      >
        {done}
      </Button>
    )
  }
  if (cell?.how !== 'marked') return null
  return (
    <Button
      size="small"
      aria-label={t('progress.markOne', { title: item.title })}
      onClick={() => void mark(courseId, item, 'yes')}
    >
      {t('progress.actMark')}
    </Button>
  )
}

type RulesInput = InputBefore<typeof progressRoutes.rules>
type ChangeInput = InputBefore<typeof progressRoutes.changeRule>

/** What usually asks for something. */
const asking: ReadonlySet<string> = new Set([
  'page',
  'homework',
  'assignment',
  'package',
  'survey',
  'lesson',
  'class',
  'activity',
])

export interface Rules {
  readonly of: (itemId: string) => CompletionRule
  /** Whether it can be done at all. */
  readonly asks: (item: CourseItem) => boolean
}

/** What makes the items of a course done; undefined until it is known. */
export function useRules(courseId: string): Rules | undefined {
  const rules = useLoad(courseId, () => request(progressRoutes.rules, { courseId } as RulesInput)).value?.rules
  if (!rules) return undefined
  const of: Rules['of'] = itemId =>
    rules.find(one => one.itemId === itemId) ?? ({ itemId, asks: 'usual', percent: null, version: 0 } as CompletionRule)
  return {
    of,
    asks: item => {
      const { asks } = of(item.id)
      return asks === 'by-hand' || asks === 'score' || (asks === 'usual' && asking.has(item.kind))
    },
  }
}

export const changeRule = (courseId: string, rule: CompletionRule) =>
  request(progressRoutes.changeRule, { courseId, ...rule } as ChangeInput)

const asksTexts = {
  usual: 'progress.ruleUsual',
  'by-hand': 'progress.ruleByHand',
  score: 'progress.ruleScore',
  nothing: 'progress.ruleNothing',
} as const satisfies Record<CompletionRule['asks'], string>

/** What makes an item done, as it is being chosen: the percentage as it is typed. */
export interface RuleDraft {
  readonly asks: CompletionRule['asks']
  readonly percent: string
}

/** The percentage of a draft; null where none is asked for, undefined where it is none. */
export function percentOf({ asks, percent }: RuleDraft): number | null | undefined {
  if (asks !== 'score') return null
  const found = Number(percent.trim())
  return percent.trim() !== '' && Number.isInteger(found) && found >= 1 && found <= 100 ? found : undefined
}

type RuleFieldProps = {
  readonly draft: RuleDraft
  readonly onDraft: (draft: RuleDraft) => void
  /** Whether it counts in a column: else no score makes it done. */
  readonly scored: boolean
  readonly error: string | undefined
}

/** What makes an item done. */
export function RuleField({ draft, onDraft, scored, error }: RuleFieldProps) {
  const choices = completionAsks.filter(one => one !== 'score' || scored || draft.asks === 'score')
  return (
    <>
      <Field
        type="select"
        name="asks"
        label={t('progress.ruleLabel')}
        value={draft.asks}
        options={choices.map(one => ({ value: one, label: t(asksTexts[one]) }))}
        onValue={value => onDraft({ ...draft, asks: choices.find(one => one === value) ?? 'usual' })}
      />
      {draft.asks === 'score' && (
        <Field
          name="percent"
          inputMode="numeric"
          label={t('progress.rulePercent')}
          value={draft.percent}
          onValue={percent => onDraft({ ...draft, percent })}
          error={error}
        />
      )}
    </>
  )
}
