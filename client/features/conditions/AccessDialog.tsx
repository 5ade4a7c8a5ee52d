// When an item or a module opens and what opens it: a window, a tree of conditions, whether its title is shown before;
// with the sentence that comes of it.
import { useState } from 'preact/hooks'
import { changeRule, percentOf, type RuleDraft, RuleField, useRules } from '#client/features/progress/marks.tsx'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import { type ConditionTarget, conditionsIn, type LockSubject, type Release, targetOf } from '#protocol/conditions.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { type CompletionRule, scoredKinds } from '#protocol/progress.ts'
import { type Choices, hourIn, type Named } from './kinds.tsx'
import { changeRelease } from './store.ts'
import { draftOf, isUnfinished, TreeFields, treeOf } from './TreeFields.tsx'
import { type DayAndHour, WindowFields } from './WindowFields.tsx'
import { circleWords, releaseWords } from './words.ts'
import './profile.tsx'
import './conditions.css'

export type AccessDialogProps = {
  readonly subject: LockSubject
  readonly subjectId: string
  readonly title: string
  readonly release: Release | undefined
  /** What may be waited for; the subject itself is left out. */
  readonly choices: Omit<Choices, 'columns' | 'tell'>
  readonly onClose: () => void
}

type Said = Pick<Release, 'from' | 'until' | 'hidden' | 'tree'>

const nothingSaid: Said = { from: null, until: null, hidden: false, tree: null }
const saidIn = ({ from, until, hidden, tree }: Said): Said => ({ from, until, hidden, tree })

/** The names of what is chosen, as the course knows them. */
function namesIn(
  { items, modules, columns }: Choices,
  told: readonly Named[],
  tree: Said['tree'],
): Map<string, ConditionTarget> {
  const known = new Map([...items, ...modules, ...columns, ...told].map(one => [one.id, one.title]))
  const ids = conditionsIn(tree).flatMap(one => targetOf(one) ?? [])
  return new Map(
    ids.map(id => {
      const title = known.get(id)
      return [id, { id, state: title === undefined ? 'gone' : 'there', title: title ?? '', itemId: null }]
    }),
  )
}

/** Open while it is mounted. */
export function AccessDialog({ subject, subjectId, title, release, choices: given, onClose }: AccessDialogProps) {
  const { courseId, zone } = given
  type TableInput = InputBefore<typeof gradeRoutes.table>
  const columns = useLoad(courseId, () => request(gradeRoutes.table, { courseId, limit: 1 } as TableInput))
  const rules = useRules(courseId)
  const [told, setTold] = useState<readonly Named[]>([])
  const rule = subject === 'item' ? rules?.of(subjectId) : undefined
  const known = new Set(conditionsIn(release?.tree ?? null).map(targetOf))
  const choices: Choices = {
    ...given,
    // What nobody can do opens nothing.
    items: given.items.filter(
      one => (subject === 'module' || one.id !== subjectId) && (known.has(one.id) || rules?.asks(one)),
    ),
    modules: given.modules.filter(one => subject === 'item' || one.id !== subjectId),
    columns: columns.value?.gradeItems ?? [],
    tell: names => setTold(before => [...before.filter(one => !names.some(({ id }) => id === one.id)), ...names]),
  }
  const moment = (iso: string | null | undefined, hour: string): DayAndHour =>
    iso ? { day: dayIn(zone, Date.parse(iso)), hour: hourIn(zone, iso) } : { day: '', hour }
  const [version, setVersion] = useState(release?.version ?? 0)
  const [from, setFrom] = useState(() => moment(release?.from, '08:00'))
  const [until, setUntil] = useState(() => moment(release?.until, '23:59'))
  const [hidden, setHidden] = useState(release?.hidden ?? false)
  const [tree, setTree] = useState(() => draftOf(release?.tree ?? null))
  const [chosen, setChosen] = useState<RuleDraft | undefined>(undefined)
  const draft = chosen ?? { asks: rule?.asks ?? 'usual', percent: String(rule?.percent ?? 60) }
  const percent = percentOf(draft)
  const scored = given.items.some(one => one.id === subjectId && scoredKinds.has(one.kind))
  const [strict, setStrict] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  const at = ({ day, hour }: DayAndHour) => (day === '' ? null : (instantIn(zone, day, hour) ?? null))
  const said: Said = { from: at(from), until: at(until), hidden, tree: treeOf(tree) }
  const sentence = releaseWords(said, { zone, targets: namesIn(choices, told, said.tree) })
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  const send = async () => {
    const found: FormError[] = []
    if (said.from && said.until && said.from >= said.until)
      found.push({ name: 'until', message: t('conditions.untilBefore') })
    if (percent === undefined) found.push({ name: 'percent', message: t('progress.rulePercentWrong') })
    if (isUnfinished(tree)) found.push({ name: 'op', message: t('conditions.unfinished') })
    setErrors(found)
    setProblem(undefined)
    setStrict(true)
    if (found.length > 0) return
    setBusy(true)
    try {
      const { asks } = draft
      const other = rule && (asks !== rule.asks || percent !== rule.percent)
      const ruled = other ? { before: rule, after: { ...rule, asks, percent: percent ?? null } } : undefined
      await save({ courseId, subject, subjectId }, said, { version, before: release, ruled, title })
      onClose()
    } catch (error) {
      if (error instanceof ClientProblem && error.code === 'conflict') {
        const current = error.params.current as Release
        setVersion(current.version)
        setFrom(moment(current.from, '08:00'))
        setUntil(moment(current.until, '23:59'))
        setHidden(current.hidden)
        setTree(draftOf(current.tree))
        setProblem(t('conditions.conflict'))
      } else if (error instanceof ClientProblem && error.code === 'circular') {
        const path = error.params.path as readonly string[]
        setProblem(t('conditions.circular', { path: circleWords(path) }))
      } else setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('conditions.titleOf', { title })}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void send()}>
            {t('conditions.save')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => void send()} errors={errors} problem={problem}>
        <p class="access-summary" role="status">
          {sentence ? t('conditions.accessIs', { sentence }) : t('conditions.alwaysOpen')}
        </p>
        <WindowFields
          from={from}
          until={until}
          onFrom={setFrom}
          onUntil={setUntil}
          untilError={errorOf('until')}
          zone={zone}
        />
        <TreeFields
          group={tree}
          onGroup={changed => {
            setTree(changed)
            setErrors([])
          }}
          choices={choices}
          strict={strict}
        />
        <Checkbox
          name="hidden"
          label={subject === 'item' ? t('conditions.hidden') : t('conditions.hides')}
          hint={subject === 'item' ? t('conditions.hiddenHint') : t('conditions.hidesHint')}
          checked={hidden}
          onChecked={setHidden}
        />
        {subject === 'item' && (
          <div class="access-rule" data-known={rule && ''}>
            <RuleField draft={draft} onDraft={setChosen} scored={scored} error={errorOf('percent')} />
          </div>
        )}
        <button type="submit" hidden />
      </Form>
    </Dialog>
  )
}

interface Place {
  readonly courseId: string
  readonly subject: LockSubject
  readonly subjectId: string
}

interface Saving {
  readonly version: number
  readonly before: Release | undefined
  /** The rule of completion, where another was chosen. */
  readonly ruled: { readonly before: CompletionRule; readonly after: CompletionRule } | undefined
  readonly title: string
}

/** Saves it, with a notice that puts back what was said before. */
async function save(place: Place, said: Said, { version, before, ruled, title }: Saving): Promise<void> {
  const send = (what: Said, from: number) =>
    changeRelease({ ...place, ...what, version: from } as Parameters<typeof changeRelease>[0])
  const done = await send(said, version)
  const rule = ruled && (await changeRule(place.courseId, ruled.after)).rule
  const undo = async () => {
    await send(before ? saidIn(before) : nothingSaid, done.release.version)
    if (ruled && rule) await changeRule(place.courseId, { ...ruled.before, version: rule.version })
  }
  showToast({
    text: t('conditions.saved', { title }),
    onUndo: () => void undo().catch((error: unknown) => showToast({ text: problemWords(error), tone: 'bad' })),
  })
}
