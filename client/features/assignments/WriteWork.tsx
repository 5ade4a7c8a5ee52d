// Where a learner writes, adds files and hands in. The text saves as they go; what is not saved yet is kept on this device;
// another window that wrote too is told, and nothing of either is lost. Lateness is said before anything is handed in.
import { Send } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { dueTime } from '#client/features/activities/course-facts.ts'
import { warningWords } from '#client/features/grades/late.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { SavedAt, type SaveState } from '#client/ui/SavedAt.tsx'
import { type Draft, longestSubmission, type OwnSubmission } from '#protocol/assignments/submissions.ts'
import type { Assignment } from '#protocol/assignments.ts'
import type { LatePolicy } from '#protocol/grades/late.ts'
import { isSending, outgoing } from './sending.ts'
import { dropText, findText, handIn, keepText, saveDraft } from './store.ts'
import { WorkFiles } from './WorkFiles.tsx'
import { handedWords, lateWords, wordCount } from './words.ts'

/** How long after the last letter a text is saved, in milliseconds. */
const pause = 1_200

interface WriteWorkProps {
  readonly assignment: Assignment
  readonly policy: LatePolicy
  readonly draft: Draft
  /** Something of it is another one now: it is read again. */
  readonly onChanged: () => void
  readonly onHandedIn: (own: OwnSubmission) => void
  /** Leaves what was handed in as it is; only where there is something. */
  readonly onKeep?: (() => void) | undefined
}

export function WriteWork({ assignment, policy, draft, onChanged, onHandedIn, onKeep }: WriteWorkProps) {
  const of = { courseId: assignment.courseId, assignmentId: assignment.id }
  const [text, setText] = useState(() => {
    const kept = findText(assignment.id)
    return kept && kept.version === draft.version ? kept.text : draft.text
  })
  const [save, setSave] = useState<SaveState>(
    draft.savedAt === null ? { state: 'clean' } : { state: 'saved', at: draft.savedAt },
  )
  const [theirs, setTheirs] = useState<Draft | undefined>(() => {
    const kept = findText(assignment.id)
    return kept && kept.version !== draft.version && kept.text !== draft.text ? draft : undefined
  })
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const latest = useRef(text)
  const saved = useRef(draft.text)
  const version = useRef(draft.version)
  const running = useRef<Promise<boolean> | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const sending = outgoing.value.some(one => one.assignmentId === assignment.id && isSending(one))

  useEffect(() => {
    if (!theirs) return
    const kept = findText(assignment.id)
    if (kept) {
      latest.current = kept.text
      setText(kept.text)
    }
  }, [])

  const dirty = () => latest.current !== saved.current

  /** Saves what is there now; one saving at a time. Answers whether nothing is left to save. */
  const store = async (): Promise<boolean> => {
    clearTimeout(timer.current)
    await running.current
    if (!dirty()) return true
    if (theirs) return false
    const sent = latest.current
    setSave({ state: 'saving' })
    const act = (async () => {
      try {
        const { draft: next } = await saveDraft({ ...of, version: version.current, text: sent })
        version.current = next.version
        saved.current = sent
        if (dirty()) later()
        else dropText(assignment.id)
        setSave(dirty() ? { state: 'dirty' } : { state: 'saved', at: next.savedAt ?? new Date().toISOString() })
        return true
      } catch (error) {
        if (error instanceof ClientProblem && error.code === 'conflict') {
          setTheirs(error.params.current as Draft)
          setSave({ state: 'dirty' })
          return false
        }
        if (error instanceof ClientProblem && error.passing) later(pause * 4)
        else onChanged()
        setSave({ state: 'failed', detail: problemWords(error) })
        return false
      }
    })()
    running.current = act
    return (await act) && !dirty()
  }
  const later = (after: number = pause) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void storeNow.current(), after)
  }
  const write = (next: string) => {
    latest.current = next
    setText(next)
    setProblem(undefined)
    if (!dirty()) return
    keepText(assignment.id, { version: version.current, text: next })
    setSave(before => (before.state === 'saving' ? before : { state: 'dirty' }))
    if (!theirs) later()
  }
  // Leaving by any way saves; what does not get through stays on this device.
  const storeNow = useRef(store)
  storeNow.current = store
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      if (dirty()) void storeNow.current()
    },
    [],
  )

  const choose = (which: 'mine' | 'theirs', other: Draft) => {
    version.current = other.version
    saved.current = other.text
    if (which === 'theirs') {
      latest.current = other.text
      setText(other.text)
      dropText(assignment.id)
    }
    setTheirs(undefined)
    setSave(which === 'theirs' ? { state: 'saved', at: other.savedAt ?? '' } : { state: 'dirty' })
    if (which === 'mine') later(0)
  }

  const ask = () => {
    if (text.trim() === '' && draft.files.length === 0) return setProblem(t('assignments.nothingYet'))
    setProblem(sending ? t('assignments.handInSending') : undefined)
    if (!sending) setAsking(true)
  }

  const send = async () => {
    setBusy(true)
    clearTimeout(timer.current)
    await running.current
    try {
      const { own } = await handIn({ ...of, version: version.current, text: latest.current })
      saved.current = latest.current
      dropText(assignment.id)
      setAsking(false)
      announce(t('assignments.receipt', { title: assignment.title, when: dayAndTime(own.handIns[0]?.at ?? '') }))
      onHandedIn(own)
    } catch (error) {
      setAsking(false)
      if (error instanceof ClientProblem && error.code === 'conflict') setTheirs(error.params.current as Draft)
      else setProblem(problemWords(error))
      if (error instanceof ClientProblem && !error.passing) onChanged()
    }
    setBusy(false)
  }

  const { takes } = assignment
  return (
    <div class="stack">
      {theirs && <OtherWindow mine={text} theirs={theirs} onChoose={which => choose(which, theirs)} />}
      {takes.text && (
        <div class="stack-tight work-writing">
          <Field
            type="textarea"
            name="text"
            label={t('assignments.yourText')}
            hint={t('assignments.textHint')}
            rows={10}
            value={text}
            onValue={write}
            onLeave={() => void store()}
            maxLength={longestSubmission}
          />
          <div class="cluster work-line">
            <span class="muted figures">{t('assignments.words', { count: wordCount(text) })}</span>
            <SavedAt save={save} />
          </div>
        </div>
      )}
      {takes.most > 0 && <WorkFiles of={of} takes={takes} files={draft.files} onChanged={onChanged} />}
      {problem && (
        <Banner tone="bad">
          <span role="alert">{problem}</span>
        </Banner>
      )}
      <div class="cluster">
        <Button kind="primary" icon={Send} onClick={ask}>
          {t('assignments.handIn')}
        </Button>
        {onKeep && (
          <Button kind="quiet" onClick={onKeep}>
            {t('assignments.keepHandIn')}
          </Button>
        )}
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('assignments.handInTitle')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('ui.cancel')}</Button>
            <Button kind="primary" busy={busy} onClick={() => void send()}>
              {t('assignments.handIn')}
            </Button>
          </>
        }
      >
        {asking && <Confirm assignment={assignment} policy={policy} text={text} draft={draft} />}
      </Dialog>
    </div>
  )
}

function Confirm({
  assignment,
  policy,
  text,
  draft,
}: Pick<WriteWorkProps, 'assignment' | 'policy' | 'draft'> & { readonly text: string }) {
  const { dueAt, cutOffAt, courseId } = assignment
  const late = dueAt === null ? 0 : (serverNow() - Date.parse(dueAt)) / 1000
  const cost = late > 0 ? warningWords(policy, late) : undefined
  return (
    <div class="stack">
      <p>
        <strong>{handedWords({ text, files: draft.files })}</strong>
      </p>
      {late > 0 && dueAt !== null && (
        <Banner tone="warn">
          {cost ? (
            <>
              {t('grading.wasDue', { when: dueTime(courseId, dueAt) })} <strong class="figures">{cost}</strong>
            </>
          ) : (
            t('assignments.handInLate', { when: dueTime(courseId, dueAt), late: lateWords(late) })
          )}
        </Banner>
      )}
      <p>
        {cutOffAt === null
          ? t('assignments.handInLead')
          : t('assignments.handInUntil', { when: dueTime(courseId, cutOffAt) })}
      </p>
    </div>
  )
}

interface OtherWindowProps {
  readonly mine: string
  readonly theirs: Draft
  readonly onChoose: (which: 'mine' | 'theirs') => void
}

/** Both texts beside one another; the choice is the writer's. */
function OtherWindow({ mine, theirs, onChoose }: OtherWindowProps) {
  return (
    <section class="work-conflict" role="alert">
      <h3>{t('assignments.otherWindow')}</h3>
      <p>{t('assignments.otherWindowLead')}</p>
      <div class="work-conflict-both">
        {(['mine', 'theirs'] as const).map(which => (
          <div key={which}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard. */}
            <pre tabIndex={0} dir="auto">
              {which === 'mine' ? mine : theirs.text}
            </pre>
            <Button onClick={() => onChoose(which)}>
              {t(which === 'mine' ? 'assignments.mine' : 'assignments.theirs')}
            </Button>
          </div>
        ))}
      </div>
    </section>
  )
}
