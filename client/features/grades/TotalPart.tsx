// What the columns of a course come to together: the rule of the total and the categories with their weights.
import { Plus, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox, RadioGroup } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { FormError } from '#client/ui/Form.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { Grading, GradingChange } from '#protocol/grades/grading.ts'
import { isWhole, mostCategories, mostDropped, type TotalRules } from '#protocol/grades/total.ts'
import type { GradeItem, GradeItemId } from '#protocol/grades.ts'
import { GradingPart, refusedWords } from './GradingPart.tsx'
import { saveGrading, useTyped } from './grading.ts'
import { score } from './numbers.ts'
import { percentFrom } from './PolicyFields.tsx'
import './Grading.css'

/** A category while it is written: figures as typed. */
interface TypedCategory {
  readonly id?: string
  readonly title: string
  readonly weight: string
  readonly drop: string
  readonly columns: readonly GradeItemId[]
}

interface Typed {
  readonly total: TotalRules
  readonly categories: readonly TypedCategory[]
}

const typedOf = ({ total, categories }: Pick<Grading, 'total' | 'categories'>): Typed => ({
  total,
  categories: categories.map(one => ({ ...one, drop: String(one.drop) })),
})

/** The weights as far as they are figures, added up. */
const sumOf = (categories: readonly TypedCategory[]): string =>
  decimalOf(categories.reduce((sum, one) => sum + tenThousandths(percentFrom(one.weight) ?? '0'), 0n))

type Given = NonNullable<GradingChange['categories']>

/** What was typed as it travels, or what is wrong with it. */
function read({ total, categories }: Typed): Given | readonly FormError[] {
  const wrong: FormError[] = []
  const titles = new Set<string>()
  const given = categories.map(({ id, title: typed, weight, drop, columns }, at) => {
    const title = typed.trim()
    const number = at + 1
    const percent = percentFrom(weight)
    const dropped = /^\d{1,2}$/.test(drop.trim()) ? Number(drop) : mostDropped + 1
    if (title === '') wrong.push({ name: `title-${at}`, message: t('grading.categoryTitleMissing', { number }) })
    else if (titles.has(title.toLocaleLowerCase()))
      wrong.push({ name: `title-${at}`, message: t('grading.categoryTitleTwice', { title }) })
    titles.add(title.toLocaleLowerCase())
    if (percent === undefined)
      wrong.push({ name: `weight-${at}`, message: t('grading.categoryWeightWrong', { number }) })
    if (dropped > mostDropped) wrong.push({ name: `drop-${at}`, message: t('grading.categoryDropWrong', { number }) })
    return { ...(id === undefined ? {} : { id }), title, weight: percent ?? '0', drop: dropped, columns: [...columns] }
  })
  if (wrong.length === 0 && total.by === 'weights' && !isWhole(given.map(one => one.weight)))
    wrong.push({ name: 'weight-0', message: t('grading.weightsWrong', { sum: score(sumOf(categories)) }) })
  return wrong.length > 0 ? wrong : given
}

export interface TotalPartProps {
  readonly courseId: string
  readonly grading: Grading
  /** The columns of the gradebook. */
  readonly items: readonly GradeItem[]
}

export function TotalPart({ courseId, grading, items }: TotalPartProps) {
  const { typed, set, newer, follow } = useTyped<Typed>(typedOf(grading))
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const { total, categories } = typed
  const save = async () => {
    const given = read(typed)
    setProblem(undefined)
    if (given.some(one => 'message' in one)) return setErrors(given as readonly FormError[])
    setErrors([])
    setBusy(true)
    try {
      follow(typedOf(await saveGrading(courseId, grading, { total, categories: given as Given })))
    } catch (error) {
      setProblem(refusedWords(error))
    }
    setBusy(false)
  }
  const change = (at: number, part: Partial<TypedCategory>) =>
    set({ total, categories: categories.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  const add = () => set({ total, categories: [...categories, { title: '', weight: '0', drop: '0', columns: [] }] })
  const placed = new Set(categories.flatMap(one => one.columns))
  const left = items.filter(one => !placed.has(one.id)).length
  const sum = sumOf(categories)
  return (
    <GradingPart
      title={t('grading.total')}
      lead={t('grading.totalLead')}
      newer={newer}
      onFollow={() => follow()}
      busy={busy}
      errors={errors}
      problem={problem}
      onSave={() => void save()}
    >
      <RadioGroup
        label={t('grading.by')}
        name="by"
        value={total.by}
        onValue={by => set({ total: { ...total, by }, categories })}
        options={[
          { value: 'columns', label: t('grading.byColumns') },
          { value: 'points', label: t('grading.byPoints') },
          { value: 'weights', label: t('grading.byWeights'), hint: t('grading.byWeightsHint') },
        ]}
      />
      <Checkbox
        label={t('grading.told')}
        hint={t('grading.toldHint')}
        checked={total.told}
        onChecked={told => set({ total: { ...total, told }, categories })}
      />
      <fieldset class="choice-group">
        <legend class="field-label">{t('grading.categories')}</legend>
        {categories.length === 0 ? (
          <p class="muted">{t('grading.categoriesNone')}</p>
        ) : (
          <ul class="categories">
            {categories.map((one, at) => (
              <CategoryFields
                key={one.id ?? `new ${at}`}
                category={one}
                at={at}
                all={categories}
                items={items}
                weighs={total.by === 'weights'}
                errors={errors}
                onChange={part => change(at, part)}
                onRemove={() => set({ total, categories: categories.filter((_, index) => index !== at) })}
              />
            ))}
          </ul>
        )}
        <div class="cluster">
          <Button size="small" icon={Plus} disabled={categories.length >= mostCategories} onClick={add}>
            {t('grading.categoryAdd')}
          </Button>
          {total.by === 'weights' && categories.length > 0 && (
            <span class="weights-sum figures" data-wrong={Number(sum) !== 100 || undefined} role="status">
              {t('grading.weightsSum', { sum: score(sum) })}
            </span>
          )}
        </div>
        {categories.length > 0 && left > 0 && <p class="muted">{t('grading.columnsLeft', { count: left })}</p>}
      </fieldset>
    </GradingPart>
  )
}

interface CategoryFieldsProps {
  readonly category: TypedCategory
  readonly at: number
  readonly all: readonly TypedCategory[]
  readonly items: readonly GradeItem[]
  readonly weighs: boolean
  readonly errors: readonly FormError[]
  readonly onChange: (part: Partial<TypedCategory>) => void
  readonly onRemove: () => void
}

function CategoryFields({ category, at, all, items, weighs, errors, onChange, onRemove }: CategoryFieldsProps) {
  const errorOf = (name: string) => errors.find(one => one.name === `${name}-${at}`)?.message
  const number = at + 1
  const named = category.title.trim() || t('grading.categoryNumber', { number })
  const elsewhere = (id: GradeItemId) => all.find((one, index) => index !== at && one.columns.includes(id))
  return (
    <li class="category">
      <div class="category-head">
        <Field
          name={`title-${at}`}
          label={t('grading.categoryTitle')}
          maxLength={100}
          value={category.title}
          onValue={title => onChange({ title })}
          error={errorOf('title')}
        />
        <IconButton icon={X} label={t('grading.categoryRemove', { title: named })} onClick={onRemove} />
      </div>
      <div class="category-figures">
        {weighs && (
          <Field
            name={`weight-${at}`}
            label={t('grading.categoryWeight')}
            inputMode="decimal"
            maxLength={6}
            value={category.weight}
            onValue={weight => onChange({ weight })}
            error={errorOf('weight')}
          />
        )}
        <Field
          name={`drop-${at}`}
          label={t('grading.categoryDrop')}
          inputMode="numeric"
          maxLength={2}
          value={category.drop}
          onValue={drop => onChange({ drop })}
          error={errorOf('drop')}
        />
      </div>
      <fieldset class="choice-group category-columns">
        <legend class="field-label">{t('grading.categoryColumns')}</legend>
        {items.length === 0 && <p class="muted">{t('grading.columnsNone')}</p>}
        {items.map(item => {
          const other = elsewhere(item.id)
          const title = other?.title.trim()
          return (
            <Checkbox
              key={item.id}
              label={title ? t('grading.columnElsewhere', { title: item.title, category: title }) : item.title}
              checked={category.columns.includes(item.id)}
              disabled={other !== undefined}
              onChecked={on =>
                onChange({
                  columns: on ? [...category.columns, item.id] : category.columns.filter(id => id !== item.id),
                })
              }
            />
          )
        })}
      </fieldset>
    </li>
  )
}
