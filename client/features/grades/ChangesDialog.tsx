// Before grades are worked out anew: whose go up or down, from what to what.
import { ArrowDown, ArrowUp, Minus, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import type { GradeChanges } from '#protocol/grades.ts'
import { score } from './numbers.ts'
import './Grading.css'

export type ChangesDialogProps = {
  readonly changes: GradeChanges
  /** Saves; what it throws is said here. */
  readonly onApply: () => Promise<void>
  readonly onClose: () => void
}

/** Whether anybody's grade changes. */
export const anyChange = ({ up, down, added, removed }: GradeChanges): boolean => up + down + added + removed > 0

const ways = [
  { way: 'up', icon: ArrowUp, words: 'grading.changesUp' },
  { way: 'down', icon: ArrowDown, words: 'grading.changesDown' },
  { way: 'added', icon: Plus, words: 'grading.changesAdded' },
  { way: 'removed', icon: Minus, words: 'grading.changesRemoved' },
] as const

/** Open while it is mounted. */
export function ChangesDialog({ changes, onApply, onClose }: ChangesDialogProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const apply = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await onApply()
      onClose()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  const named = new Set(changes.changes.map(one => one.accountId)).size
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('grading.changes')}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void apply()}>
            {t('grading.changesApply')}
          </Button>
        </>
      }
    >
      <div class="stack">
        {problem && (
          <Banner tone="bad">
            <span role="alert">{problem}</span>
          </Banner>
        )}
        <p class="changes-counts figures">
          {ways
            .filter(({ way }) => changes[way] > 0)
            .map(({ way, icon, words }) => (
              <span key={way}>
                <Icon as={icon} /> {t(words, { count: changes[way] })}
              </span>
            ))}
        </p>
        <section
          class="changes-people"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard.
          tabIndex={0}
          aria-label={t('grading.changes')}
        >
          <ul>
            {changes.changes.map(one => (
              <li key={`${one.accountId} ${one.gradeItemId}`}>
                <span dir="auto">
                  {one.name} <span class="muted">{one.title}</span>
                </span>
                <span class="figures">
                  {t('grades.correctFromTo', {
                    before: one.before === null ? t('grading.changesNone') : score(one.before),
                    after: one.after === null ? t('grading.changesNone') : score(one.after),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </section>
        {named >= 200 && <p class="muted">{t('grading.changesMore')}</p>}
        <p class="muted">{t('grading.changesLead')}</p>
      </div>
    </Dialog>
  )
}
