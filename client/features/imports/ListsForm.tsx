// Chooses the lists of an import and has them checked.
import { FileUp, X } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { readList } from '#client/platform/list-file.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { toCsv } from '#client/ui/csv.ts'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import type { PieceSort, SiteImport } from '#protocol/imports.ts'
import { type Lists, sendLists } from './send.ts'

/** The lists an import may have, in the order in which they are chosen. */
export const listSorts: readonly PieceSort[] = ['people', 'enrolments', 'classes']
export const listNames = {
  people: 'imports.peopleFile',
  enrolments: 'imports.enrolmentsFile',
  classes: 'imports.classesFile',
} as const
const hints = {
  people: 'imports.peopleHint',
  enrolments: 'imports.enrolmentsHint',
  classes: 'imports.classesHint',
} as const

/** Lists as they are wanted, to be filled. */
const examples = {
  people: [
    ['name', 'email'],
    ['Ada Byron', 'ada@example.org'],
    ['Karim Haddad', 'karim@example.org'],
  ],
  enrolments: [
    ['email', 'course', 'role'],
    ['ada@example.org', 'BIO 1', 'learner'],
    ['karim@example.org', 'BIO 1', 'assistant'],
  ],
}

const exampleOf = (sort: keyof typeof examples): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${toCsv(examples[sort])}`)}`

/** What is wrong with which list, in words. */
function errorsOf(error: unknown): FormError[] {
  if (!(error instanceof ClientProblem)) return []
  return error.errors
    .filter(one => listSorts.some(sort => sort === one.path))
    .map(one => ({
      name: one.path,
      message:
        one.code === 'not_csv'
          ? t('imports.notCsv', { line: Number(one.params?.line ?? 0) })
          : t(one.params?.found ? 'imports.noHead' : 'imports.emptyHead', {
              missing: String(one.params?.missing ?? ''),
              found: String(one.params?.found ?? ''),
            }),
    }))
}

interface ListsFormProps {
  /** `guessed`: the lists whose letters were guessed. */
  readonly onChecked: (one: SiteImport, guessed: readonly PieceSort[]) => void
}

export function ListsForm({ onChecked }: ListsFormProps) {
  const [lists, setLists] = useState<Lists>({})
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  const send = async () => {
    if (busy) return
    if (!lists.people && !lists.enrolments) return setProblem(t('imports.needFile'))
    setBusy(true)
    setErrors([])
    setProblem(undefined)
    try {
      const checked = await sendLists(lists)
      const guessed = listSorts.filter(sort => lists[sort]?.guessed)
      onChecked(checked.import, guessed)
    } catch (error) {
      const found = errorsOf(error)
      setErrors(found)
      if (found.length === 0) setProblem(problemWords(error))
      setBusy(false)
    }
  }

  /** Another list, or none: what was wrong with the one before is no longer so. */
  const choose = (sort: PieceSort, list: Lists[PieceSort]) => {
    setLists(({ [sort]: _, ...others }) => (list ? { ...others, [sort]: list } : others))
    setErrors(those => those.filter(one => one.name !== sort))
    setProblem(undefined)
  }

  return (
    <Form onSubmit={() => void send()} errors={errors} problem={problem}>
      <div class="import-lists">
        {listSorts.map(sort => (
          <ListField
            key={sort}
            sort={sort}
            chosen={lists[sort]}
            error={errors.find(one => one.name === sort)?.message}
            onTakenOff={() => choose(sort, undefined)}
            onChosen={async file => {
              try {
                const list = { name: file.name, ...(await readList(file)) }
                choose(sort, list)
              } catch {
                setErrors([{ name: sort, message: t('ui.listUnread') }])
              }
            }}
          />
        ))}
      </div>
      <div>
        <Button type="submit" kind="primary" busy={busy}>
          {t(busy ? 'imports.sending' : 'imports.check')}
        </Button>
      </div>
    </Form>
  )
}

interface ListFieldProps {
  readonly sort: PieceSort
  readonly chosen: Lists[PieceSort] | undefined
  readonly error: string | undefined
  readonly onChosen: (file: File) => Promise<void>
  readonly onTakenOff: () => void
}

function ListField({ sort, chosen, error, onChosen, onTakenOff }: ListFieldProps) {
  const file = useRef<HTMLInputElement>(null)
  const label = t('imports.choose', { list: t(listNames[sort]) })
  return (
    <div class="card import-list">
      <h2>{t(listNames[sort])}</h2>
      <div class="stack-tight">
        <p class="muted">{t(hints[sort])}</p>
        {sort !== 'classes' && (
          <a href={exampleOf(sort)} download={`${sort}.csv`}>
            {t(sort === 'people' ? 'imports.peopleExample' : 'imports.enrolmentsExample')}
          </a>
        )}
        {error && <p class="field-error">{error}</p>}
        {chosen?.guessed && <p role="status">{t('ui.listGuessed')}</p>}
      </div>
      <div class="cluster">
        <Button
          icon={FileUp}
          onClick={() => file.current?.click()}
          aria-label={chosen ? t('imports.chosen', { file: chosen.name, list: t(listNames[sort]) }) : label}
        >
          {chosen?.name ?? t('imports.chooseFile')}
        </Button>
        {chosen && (
          <IconButton icon={X} label={t('imports.takeOff', { list: t(listNames[sort]) })} onClick={onTakenOff} />
        )}
      </div>
      <input
        ref={file}
        type="file"
        class="visually-hidden"
        name={sort}
        accept=".csv,.tsv,.txt,text/csv"
        tabIndex={-1}
        aria-label={label}
        onChange={event => {
          const [one] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (one) void onChosen(one)
        }}
      />
    </div>
  )
}
