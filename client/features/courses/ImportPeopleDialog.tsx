// Enrols many people from a list: chosen as a file or pasted, tried at once, then done with what can be.
import { Download, FileUp } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { roleName } from '#client/features/access/words.ts'
import { request } from '#client/platform/call.ts'
import { readList } from '#client/platform/list-file.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { toCsv } from '#client/ui/csv.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormActions } from '#client/ui/Form.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { type ImportRow, importRoutes, longestList } from '#protocol/courses/import.ts'
import type { RoleInCourse } from '#protocol/courses/people.ts'
import type { CourseId } from './store.ts'

interface ImportPeopleDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly courseId: CourseId
  /** What people may be enrolled with. */
  readonly roles: readonly RoleInCourse[]
}

type Listed = Output<typeof importRoutes.importPeople>
type Role = InputBefore<typeof importRoutes.importPeople>['role']

export function ImportPeopleDialog({ open, onClose, ...rest }: ImportPeopleDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={t('courses.importTitle')} wide>
      <ImportPeople onClose={onClose} {...rest} />
    </Dialog>
  )
}

function ImportPeople({ courseId, roles, onClose }: Omit<ImportPeopleDialogProps, 'open'>) {
  const [list, setList] = useState('')
  const [guessed, setGuessed] = useState(false)
  const [role, setRole] = useState<Role>('learner')
  const [tried, setTried] = useState<Listed>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  /** Done, but for rows that are handed back. */
  const [done, setDone] = useState<Listed>()
  const file = useRef<HTMLInputElement>(null)

  // Tried as soon as nothing more is typed for a moment, and again for another role.
  useEffect(() => {
    setTried(undefined)
    setProblem(undefined)
    if (list.trim() === '') return
    if (list.length > longestList.characters) return setProblem(t('courses.importTooLong'))
    let stale = false
    const timer = setTimeout(() => {
      request(importRoutes.importPeople, { courseId, list, role, how: 'try' }).then(
        answer => {
          if (!stale) setTried(answer)
        },
        (error: unknown) => {
          if (!stale) setProblem(wordsFor(error))
        },
      )
    }, 400)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [courseId, list, role])

  const enrol = async () => {
    setBusy(true)
    try {
      const answer = await request(importRoutes.importPeople, { courseId, list, role, how: 'good ones' })
      showToast({ text: t('courses.imported', { count: answer.enrolled }) })
      if (answer.counts.error === 0) onClose()
      else setDone(answer)
    } catch (error) {
      setProblem(wordsFor(error))
      setBusy(false)
    }
  }

  if (done) return <Rejected {...done} onClose={onClose} />
  return (
    <div class="stack">
      <p class="muted">{t('courses.importLead')}</p>
      <div class="cluster">
        <Button icon={FileUp} onClick={() => file.current?.click()}>
          {t('courses.importChoose')}
        </Button>
        <input
          ref={file}
          type="file"
          class="import-file"
          accept=".csv,.tsv,.txt,text/csv"
          tabIndex={-1}
          aria-label={t('courses.importChoose')}
          onChange={event => {
            const [chosen] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            if (chosen)
              readList(chosen).then(
                one => {
                  setList(one.text)
                  setGuessed(one.guessed)
                },
                () => setProblem(t('ui.listUnread')),
              )
          }}
        />
      </div>
      {guessed && list !== '' && <Banner tone="warn">{t('ui.listGuessed')}</Banner>}
      <Field
        type="textarea"
        name="list"
        label={t('courses.importList')}
        hint={t('courses.importHint')}
        value={list}
        onValue={setList}
        error={problem}
      />
      <Field
        type="select"
        name="role"
        label={t('courses.importRole')}
        value={role ?? 'learner'}
        onValue={value => setRole(roles.find(one => one.key === value)?.key as Role)}
        options={fromLearner(roles).map(one => ({ value: one.key, label: roleName(one) }))}
      />
      {tried && <Tried {...tried} />}
      <div class="form-actions">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button
          kind="primary"
          busy={busy}
          disabled={tried === undefined || tried.counts.enrol === 0}
          onClick={() => void enrol()}
        >
          {tried ? t('courses.importGo', { count: tried.counts.enrol }) : t('courses.importWait')}
        </Button>
      </div>
    </div>
  )
}

function wordsFor(error: unknown): string {
  const [first] = (error as { errors?: readonly { code: string; params?: Record<string, unknown> }[] }).errors ?? []
  if (first?.code === 'not_csv') return t('courses.importNotCsv', { line: Number(first.params?.line ?? 0) })
  return problemWords(error)
}

/** The rows that were not taken as a list of their own: with the reason beside each, to be mended and added. */
const rejectedCsv = (rows: Listed['rows']): string =>
  toCsv([
    ['email', 'role', t('courses.importLine'), t('courses.importOutcome')],
    ...rows
      .filter(row => row.outcome === 'error')
      .map(row => [row.email, row.roleName || (row.role ?? ''), row.line, outcomeWords(row)] as const),
  ])

function Rejected({ counts, rows, onClose }: Listed & { readonly onClose: () => void }) {
  const csv = rejectedCsv(rows)
  return (
    <div class="stack">
      <Banner tone="warn" title={t('courses.importLeft', { count: counts.error })}>
        {t('courses.importLeftLead')}
      </Banner>
      <div class="cluster">
        <ButtonLink
          icon={Download}
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`}
          download="not-taken.csv"
        >
          {t('courses.importLeftFile')}
        </ButtonLink>
        <CopyButton text={csv} label={t('ui.copyCsv')} kind="plain" />
      </div>
      <Rows rows={rows.filter(row => row.outcome === 'error')} />
      <FormActions>
        <Button kind="primary" onClick={onClose}>
          {t('accounts.inviteDone')}
        </Button>
      </FormActions>
    </div>
  )
}

/** What would become of each row; those that can not be taken stand first. */
function Tried({ counts, rows, unused }: Listed) {
  return (
    <div class="stack" role="status">
      {counts.error > 0 && (
        <Banner tone="warn" title={t('courses.importErrors', { count: counts.error })}>
          {t('courses.importErrorsLead')}
        </Banner>
      )}
      {unused.length > 0 && (
        <Banner title={t('courses.importUnused')}>
          <bdi>{unused.join(', ')}</bdi>
        </Banner>
      )}
      <Rows rows={rows} />
    </div>
  )
}

function Rows({ rows }: Pick<Listed, 'rows'>) {
  const columns: Column<ImportRow>[] = [
    { key: 'line', head: t('courses.importLine'), value: row => row.line, numeric: true },
    { key: 'email', head: t('courses.peopleEmail'), value: row => row.email || '–', rowHead: true },
    {
      key: 'outcome',
      head: t('courses.importOutcome'),
      value: outcomeWords,
      cell: row => (
        <Badge tone={row.outcome === 'error' ? 'bad' : row.outcome === 'enrol' ? 'good' : 'neutral'}>
          {outcomeWords(row)}
        </Badge>
      ),
    },
    { key: 'name', head: t('courses.peopleName'), value: row => row.name ?? '' },
    { key: 'role', head: t('courses.peopleRole'), value: roleOf },
  ]
  const order = { error: 0, enrol: 1, 'was in': 2 } as const
  const sorted = [...rows].sort((a, b) => order[a.outcome] - order[b.outcome] || a.line - b.line)
  return (
    <Table
      label={t('courses.importTried', { count: rows.length })}
      columns={columns}
      rows={sorted}
      rowKey={row => `${row.line}`}
      empty={<EmptyState title={t('courses.importNobody')}>{t('courses.importHint')}</EmptyState>}
    />
  )
}

/** As most lists mean it: learners first. */
const fromLearner = (roles: readonly RoleInCourse[]): RoleInCourse[] => [
  ...roles.filter(one => one.key === 'learner'),
  ...roles.filter(one => one.key !== 'learner'),
]

const roleOf = ({ role, roleName: name }: ImportRow): string => (role ? roleName({ key: role, name }) : '')

const errorTexts = {
  'no-email': 'courses.importNoEmail',
  'bad-email': 'courses.importBadEmail',
  'bad-role': 'courses.importBadRole',
  twice: 'courses.importTwice',
  'no-account': 'courses.importNoAccount',
  'not-for-staff': 'courses.importNotForStaff',
} as const satisfies Record<NonNullable<ImportRow['error']>, string>

const outcomeWords = (row: ImportRow): string =>
  row.error ? t(errorTexts[row.error]) : t(row.outcome === 'enrol' ? 'courses.importWill' : 'courses.importWasIn')
