// How a condition of each kind is written: what it is called, how it begins, its fields. Later features register theirs
// and its words (words.ts); nothing here knows a group.
import type { ComponentType } from 'preact'
import { serverNow } from '#client/platform/realtime.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { Field, type SelectOption } from '#client/ui/Field.tsx'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import type { Condition, ConditionOf } from '#protocol/conditions.ts'
import type { CourseItem, CourseModule } from '#protocol/courses.ts'

/** What the fields choose from. */
export interface Choices {
  readonly courseId: string
  readonly zone: string
  readonly items: readonly CourseItem[]
  readonly modules: readonly CourseModule[]
  readonly columns: readonly Named[]
  /** What fields read themselves to choose from is told here, for the sentence that names it. */
  readonly tell: (named: readonly Named[]) => void
}

export interface Named {
  readonly id: string
  readonly title: string
}

type Loose<C> = C extends unknown
  ? {
      [K in keyof C]: K extends 'kind' | 'is'
        ? C[K]
        : NonNullable<C[K]> extends number
          ? number | string | Extract<C[K], undefined>
          : string
    }
  : never
/** A condition while it is written: an id may be empty, a figure is as typed. */
export type Draft = Loose<Condition>
type DraftOf<K extends Condition['kind']> = Extract<Draft, { kind: K }>

export interface FieldsProps<D = Draft> {
  readonly draft: D
  readonly onDraft: (draft: D) => void
  readonly choices: Choices
  readonly error?: string | undefined
}

export interface ConditionForm<D = Draft> {
  readonly kind: Condition['kind']
  readonly label: PlainTextKey
  /** Whether there is anything to choose from. */
  readonly offered: (choices: Choices) => boolean
  readonly start: (choices: Choices) => D
  /** What stands in the way of saving it, in words; undefined when nothing does. */
  readonly wrong: (draft: D) => string | undefined
  /** As the wire has it. */
  readonly finish: (draft: D) => Condition
  readonly Fields: ComponentType<FieldsProps<D>>
}

const forms = new Map<Condition['kind'], ConditionForm>()

/** Adds a kind of condition to the builder. Called once, when a feature starts. */
export const registerConditionForm = <K extends Condition['kind']>(form: ConditionForm<DraftOf<K>>): void => {
  forms.set(form.kind, form as unknown as ConditionForm)
}

export const conditionForms = (): readonly ConditionForm[] => [...forms.values()]
export const formOf = (kind: Condition['kind']): ConditionForm | undefined => forms.get(kind)

/** Options to choose one of; the first asks to. One that is no longer there stays, so that it can be seen and replaced. */
export const optionsOf = (all: readonly { id: string; title: string }[], chosen: string): SelectOption[] => [
  { value: '', label: t('conditions.choose') },
  ...all.map(one => ({ value: one.id, label: one.title })),
  ...(chosen !== '' && !all.some(one => one.id === chosen) ? [{ value: chosen, label: t('conditions.gone') }] : []),
]

const asIs = (draft: Draft): Condition => draft as Condition
const missing = (id: string) => (id === '' ? t('conditions.missing') : undefined)

registerConditionForm<'completion'>({
  kind: 'completion',
  label: 'conditions.kindCompletion',
  offered: ({ items }) => items.length > 0,
  start: () => ({ kind: 'completion', itemId: '', is: 'done' }),
  wrong: ({ itemId }) => missing(itemId),
  finish: asIs,
  Fields: ({ draft, onDraft, choices, error }) => (
    <>
      <Field
        type="select"
        name="item"
        label={t('conditions.item')}
        value={draft.itemId}
        options={optionsOf(choices.items, draft.itemId)}
        onValue={itemId => onDraft({ ...draft, itemId })}
        error={error}
      />
      <Field
        type="select"
        name="state"
        label={t('conditions.is')}
        value={draft.is}
        options={[
          { value: 'done', label: t('conditions.isDone') },
          { value: 'not-done', label: t('conditions.isNotDone') },
        ]}
        onValue={is => onDraft({ ...draft, is: is === 'done' ? 'done' : 'not-done' })}
      />
    </>
  ),
})

const percent = /^([1-9]\d?|100)$/
const typedOf = (figure: number | string | undefined): string => String(figure ?? '').trim()

/** What is wrong with the ends of a range of scores: one of them may be left empty. */
function rangeWrong(least: string, below: string): string | undefined {
  if (least === '' && below === '') return t('conditions.rangeMissing')
  if ([least, below].some(end => end !== '' && !percent.test(end))) return t('conditions.percentWrong')
  return least !== '' && below !== '' && Number(least) >= Number(below) ? t('conditions.rangeWrong') : undefined
}

registerConditionForm<'score'>({
  kind: 'score',
  label: 'conditions.kindScore',
  offered: ({ columns }) => columns.length > 0,
  start: () => ({ kind: 'score', gradeItemId: '', percent: '60', below: '' }),
  wrong: draft => missing(draft.gradeItemId) ?? rangeWrong(typedOf(draft.percent), typedOf(draft.below)),
  finish: ({ kind, gradeItemId, ...draft }) => {
    const [least, below] = [typedOf(draft.percent), typedOf(draft.below)]
    return {
      ...({ kind, gradeItemId } as ConditionOf<'score'>),
      ...(least === '' ? {} : { percent: Number(least) }),
      ...(below === '' ? {} : { below: Number(below) }),
    }
  },
  Fields: ({ draft, onDraft, choices, error }) => (
    <>
      <Field
        type="select"
        name="column"
        label={t('conditions.column')}
        value={draft.gradeItemId}
        options={optionsOf(choices.columns, draft.gradeItemId)}
        onValue={gradeItemId => onDraft({ ...draft, gradeItemId })}
        error={draft.gradeItemId === '' ? error : undefined}
      />
      <Field
        name="percent"
        inputMode="numeric"
        label={t('conditions.percent')}
        hint={t('conditions.rangeHint')}
        value={typedOf(draft.percent)}
        onValue={typed => onDraft({ ...draft, percent: typed })}
        error={draft.gradeItemId === '' ? undefined : error}
      />
      <Field
        name="below"
        inputMode="numeric"
        label={t('conditions.below')}
        value={typedOf(draft.below)}
        onValue={typed => onDraft({ ...draft, below: typed })}
      />
    </>
  ),
})

registerConditionForm<'module'>({
  kind: 'module',
  label: 'conditions.kindModule',
  offered: ({ modules }) => modules.length > 0,
  start: () => ({ kind: 'module', moduleId: '' }),
  wrong: ({ moduleId }) => missing(moduleId),
  finish: asIs,
  Fields: ({ draft, onDraft, choices, error }) => (
    <Field
      type="select"
      name="module"
      label={t('conditions.module')}
      value={draft.moduleId}
      options={optionsOf(choices.modules, draft.moduleId)}
      onValue={moduleId => onDraft({ ...draft, moduleId })}
      error={error}
    />
  ),
})

/** The hour in a zone, as HH:MM. */
export const hourIn = (zone: string, iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(iso),
  )

const week = 7 * 86_400_000

registerConditionForm<'date'>({
  kind: 'date',
  label: 'conditions.kindDate',
  offered: () => true,
  start: ({ zone }) => ({
    kind: 'date',
    is: 'from',
    at: instantIn(zone, dayIn(zone, serverNow() + week), '08:00') ?? '',
  }),
  wrong: ({ at }) => (at === '' ? t('conditions.dateWrong') : undefined),
  finish: asIs,
  Fields: ({ draft, onDraft, choices: { zone }, error }) => {
    const day = draft.at === '' ? '' : dayIn(zone, Date.parse(draft.at))
    const hour = draft.at === '' ? '08:00' : hourIn(zone, draft.at)
    const say = (date: string, time: string) => onDraft({ ...draft, at: instantIn(zone, date, time) ?? '' })
    return (
      <>
        <Field
          type="select"
          name="state"
          label={t('conditions.dateIs')}
          value={draft.is}
          options={[
            { value: 'from', label: t('conditions.isFrom') },
            { value: 'until', label: t('conditions.isUntil') },
          ]}
          onValue={is => onDraft({ ...draft, is: is === 'from' ? 'from' : 'until' })}
        />
        <Field
          type="date"
          name="date"
          label={t('conditions.date')}
          value={day}
          onValue={date => say(date, hour)}
          error={error}
        />
        <Field type="time" name="time" label={t('conditions.time')} value={hour} onValue={time => say(day, time)} />
      </>
    )
  },
})
