// Brings a list in: chosen as a file or pasted, tried at once so that every row says what becomes of it, then done with what
// can be, and undone from its notice. What the rows are is said by whoever opens it.
import { FileUp } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { readList } from '#client/platform/list-file.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormActions } from '#client/ui/Form.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { longestList } from '#protocol/courses/import.ts'

/** A row of a list and what becomes of it. */
export interface ListedRow {
  readonly line: number
  /** What it is about, in words. */
  readonly what: string
  readonly outcome: 'add' | 'was there' | 'error'
  /** The outcome in words: the reason where it is not taken. */
  readonly why: string
}

interface Tried {
  readonly rows: readonly ListedRow[]
  readonly unused: readonly string[]
}

export interface ListDialogProps {
  readonly title: string
  readonly lead: string
  /** The head over what each row is about. */
  readonly what: string
  readonly columnWords: Readonly<Record<string, string>>
  readonly tryList: (list: string) => Promise<Tried>
  /** Does it; answers the way back, and the words for its notice. */
  readonly bringIn: (list: string) => Promise<{ readonly done: string; readonly undo: () => Promise<string> }>
  readonly goWords: (count: number) => string
  readonly onClose: () => void
  readonly onChanged: () => void
}

const tones = { add: 'good', 'was there': 'neutral', error: 'bad' } as const
const order = { error: 0, add: 1, 'was there': 2 } as const

function wordsFor(error: unknown, columnWords: ListDialogProps['columnWords']): string {
  const [first] = error instanceof ClientProblem ? error.errors : []
  if (first?.code === 'not_csv') return t('imports.notCsv', { line: Number(first.params?.line ?? 0) })
  if (first?.code === 'no_column') {
    const column = String(first.params?.column ?? '')
    return t('imports.listNoColumn', { column: columnWords[column] ?? column })
  }
  return problemWords(error)
}

export function ListDialog(props: ListDialogProps) {
  const { title, lead, columnWords, onClose, onChanged } = props
  const [list, setList] = useState('')
  const [guessed, setGuessed] = useState(false)
  const [tried, setTried] = useState<Tried>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const file = useRef<HTMLInputElement>(null)

  // Tried as soon as nothing more is typed for a moment.
  useEffect(() => {
    setTried(undefined)
    setProblem(undefined)
    if (list.trim() === '') return
    if (list.length > longestList.characters) return setProblem(t('imports.listTooLong'))
    let stale = false
    const timer = setTimeout(() => {
      props.tryList(list).then(
        answer => {
          if (!stale) setTried(answer)
        },
        (error: unknown) => {
          if (!stale) setProblem(wordsFor(error, columnWords))
        },
      )
    }, 400)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [list])

  const count = tried?.rows.filter(row => row.outcome === 'add').length ?? 0
  const undo = async (back: () => Promise<string>) => {
    try {
      showToast({ text: await back() })
      onChanged()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  const go = async () => {
    if (busy) return
    setBusy(true)
    try {
      const { done, undo: back } = await props.bringIn(list)
      onClose()
      onChanged()
      showToast({ text: done, onUndo: () => void undo(back) })
    } catch (error) {
      setProblem(wordsFor(error, columnWords))
      setBusy(false)
    }
  }
  const choose = (chosen: File) =>
    readList(chosen).then(
      one => {
        setList(one.text)
        setGuessed(one.guessed)
      },
      () => setProblem(t('ui.listUnread')),
    )

  return (
    <Dialog open onClose={onClose} title={title} wide>
      <div class="stack">
        <p class="muted">{lead}</p>
        <div class="cluster">
          <Button icon={FileUp} onClick={() => file.current?.click()}>
            {t('imports.listChoose')}
          </Button>
          <input
            ref={file}
            type="file"
            class="visually-hidden"
            accept=".csv,.tsv,.txt,text/csv"
            tabIndex={-1}
            aria-label={t('imports.listChoose')}
            onChange={event => {
              const [chosen] = event.currentTarget.files ?? []
              event.currentTarget.value = ''
              if (chosen) void choose(chosen)
            }}
          />
        </div>
        {guessed && list !== '' && <Banner tone="warn">{t('ui.listGuessed')}</Banner>}
        <Field
          type="textarea"
          name="list"
          label={t('imports.listText')}
          hint={t('imports.listHint')}
          value={list}
          onValue={setList}
          error={problem}
        />
        {tried && <Rows tried={tried} what={props.what} />}
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" busy={busy} disabled={count === 0} onClick={() => void go()}>
            {tried ? props.goWords(count) : t('imports.listWait')}
          </Button>
        </FormActions>
      </div>
    </Dialog>
  )
}

/** What would become of each row; those that can not be taken stand first. */
function Rows({ tried: { rows, unused }, what }: { readonly tried: Tried; readonly what: string }) {
  const errors = rows.filter(row => row.outcome === 'error').length
  const columns: Column<ListedRow>[] = [
    { key: 'line', head: t('imports.line'), value: row => row.line, numeric: true },
    { key: 'what', head: what, value: row => row.what || '–', rowHead: true },
    {
      key: 'why',
      head: t('imports.listWhat'),
      value: row => row.why,
      cell: row => <Badge tone={tones[row.outcome]}>{row.why}</Badge>,
    },
  ]
  const sorted = [...rows].sort((a, b) => order[a.outcome] - order[b.outcome] || a.line - b.line)
  return (
    <div class="stack" role="status">
      {errors > 0 && (
        <Banner tone="warn" title={t('imports.listErrors', { count: errors })}>
          {t('imports.listErrorsLead')}
        </Banner>
      )}
      {unused.length > 0 && (
        <Banner title={t('imports.unused')}>
          <bdi>{unused.join(', ')}</bdi>
        </Banner>
      )}
      <Table
        label={t('ui.rows', { count: rows.length })}
        columns={columns}
        rows={sorted}
        rowKey={row => `${row.line}`}
        empty={<EmptyState title={t('ui.rows', { count: 0 })}>{t('imports.listHint')}</EmptyState>}
      />
    </div>
  )
}
