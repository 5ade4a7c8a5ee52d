// Fields that choose a term or a department. A few are a plain choice; of more than it offers, typing finds any.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useKept, useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { Department, Term } from '#protocol/organisation.ts'
import { departmentWords, listDepartments, listTerms, mostChoices } from './store.ts'
import './pick.css'

interface PickProps<One> {
  /** Empty where nothing is chosen. */
  readonly value: string
  /** Also told what was chosen; undefined for nothing. */
  readonly onValue: (id: string, one: One | undefined) => void
  /** What choosing nothing is called. */
  readonly nothing: string
  readonly labelHidden?: boolean | undefined
  readonly label?: string | undefined
  readonly name?: string | undefined
  readonly hint?: ComponentChildren
  readonly error?: string | undefined
  /** Left out where it is not there: there is none of them in the school. */
  readonly onlyWhereAny?: boolean | undefined
  /** Which of them can be chosen; all where it is left out. */
  readonly offers?: ((one: One) => boolean) | undefined
}

interface Listed<One> {
  readonly items: readonly One[]
  readonly next?: string | undefined
}

interface Kind<One> {
  readonly kind: string
  readonly label: string
  readonly find: string
  readonly wordsOf: (one: One) => string
  readonly list: (search: string) => Promise<Listed<One>>
  readonly one: (id: string) => Promise<Listed<One>>
}

/** What was chosen stays among the choices, whatever is typed. */
function Pick<One extends { readonly id: string }>({
  kind,
  value,
  onValue,
  nothing,
  offers = () => true,
  onlyWhereAny,
  ...look
}: PickProps<One> & { readonly kind: Kind<One> }) {
  const [words, setWords] = useState('')
  const first = useLoad(kind.kind, () => kind.list(''))
  const many = first.value?.next !== undefined
  const typed = many ? words.trim() : ''
  const found = useLoad(typed === '' ? null : `${kind.kind} ${typed}`, () => kind.list(typed))
  const page = useKept(typed === '' ? first : found)
  const [before, setBefore] = useState<One>()
  const near = [...(first.value?.items ?? []), ...(page?.items ?? []), ...(before ? [before] : [])]
  const known = near.find(one => one.id === value)
  const asked = useLoad(value !== '' && first.value && !known ? `${kind.kind} ${value}` : null, () => kind.one(value))
  const chosen = known ?? asked.value?.items.find(one => one.id === value)
  const shown = (page?.items ?? []).filter(offers)
  const all = chosen && !shown.some(one => one.id === chosen.id) ? [chosen, ...shown] : shown
  const problem = first.problem ?? found.problem
  if (onlyWhereAny && !first.value?.items.length) return null
  return (
    <div class="pick-field">
      {many && (
        <Field
          type="search"
          name={`${look.name ?? kind.kind}-words`}
          label={kind.find}
          labelHidden={look.labelHidden}
          placeholder={kind.find}
          value={words}
          onValue={setWords}
        />
      )}
      <Field
        type="select"
        name={look.name ?? kind.kind}
        label={look.label ?? kind.label}
        labelHidden={look.labelHidden}
        hint={look.hint}
        error={look.error}
        value={value}
        onValue={id => {
          const one = all.find(each => each.id === id)
          setBefore(one)
          onValue(id, one)
        }}
        options={[{ value: '', label: nothing }, ...all.map(one => ({ value: one.id, label: kind.wordsOf(one) }))]}
      />
      {problem && (
        <p class="field-error">
          {problemWords(problem)}{' '}
          <Button size="small" onClick={first.problem ? first.reload : found.reload}>
            {t('ui.retry')}
          </Button>
        </p>
      )}
      {many && page && !problem && (
        <p class="muted" role="status">
          {typed !== '' && shown.length === 0
            ? t('organisation.pickNone')
            : page.next === undefined
              ? t('organisation.pickFound', { count: shown.length })
              : t('organisation.pickMore', { count: mostChoices })}
        </p>
      )}
    </div>
  )
}

const searched = (search: string) => ({ limit: mostChoices, ...(search === '' ? {} : { search }) })

/** Chooses a term, the latest first. */
export const TermField = (props: PickProps<Term>) => (
  <Pick
    {...props}
    kind={{
      ...{ kind: 'terms', label: t('organisation.term'), find: t('organisation.findTerm') },
      wordsOf: one => one.name,
      list: search => listTerms(searched(search)),
      one: termId => listTerms({ termId } as never),
    }}
  />
)

/** Chooses a department, in the order of the tree. */
export const DepartmentField = (props: PickProps<Department>) => (
  <Pick
    {...props}
    kind={{
      ...{ kind: 'departments', label: t('organisation.department'), find: t('organisation.findDepartment') },
      wordsOf: departmentWords,
      list: search => listDepartments(searched(search)),
      one: departmentId => listDepartments({ departmentId } as never),
    }}
  />
)
