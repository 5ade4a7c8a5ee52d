// Who observes whom, for the whole school as a list: taken away as CSV, brought in from one.
import { Download, FileUp } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { ListDialog } from '#client/features/imports/ListDialog.tsx'
import { t } from '#client/platform/texts.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import type { ObserverRow, ObserverRowError } from '#protocol/observers/list.ts'
import { bringInList, endMany, linksFile } from './store.ts'

const errorTexts = {
  'no-learner': 'observers.rowNoLearner',
  'no-observer': 'observers.rowNoObserver',
  'bad-email': 'observers.rowBadEmail',
  'bad-kind': 'observers.rowBadKind',
  'bad-until': 'observers.rowBadUntil',
  past: 'observers.rowPast',
  twice: 'observers.rowTwice',
  'learner-unknown': 'observers.rowLearnerUnknown',
  'observer-unknown': 'observers.rowObserverUnknown',
  'not-observable': 'observers.rowNotObservable',
  'too-many': 'observers.rowTooMany',
} as const satisfies Record<ObserverRowError, string>

const listed = ({ line, learner, observer, outcome, error }: ObserverRow) => ({
  line,
  what: t('observers.listWho', { observer: observer || '–', learner: learner || '–' }),
  outcome,
  why: error ? t(errorTexts[error]) : t(outcome === 'add' ? 'observers.listAdd' : 'observers.listThere'),
})

export function ObserverList() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <ButtonLink size="small" kind="quiet" icon={Download} href={linksFile()} download="">
        {t('observers.listDownload')}
      </ButtonLink>
      <Button size="small" kind="quiet" icon={FileUp} onClick={() => setOpen(true)}>
        {t('observers.listOpen')}
      </Button>
      {open && (
        <ListDialog
          title={t('observers.list')}
          lead={t('observers.listLead')}
          what={t('observers.rules')}
          columnWords={{ learner: 'learner', observer: 'observer' }}
          tryList={async list => {
            const { rows, unused } = await bringInList(list, 'try')
            return { rows: rows.map(listed), unused }
          }}
          bringIn={async list => {
            const { made } = await bringInList(list, 'good ones')
            return {
              done: t('observers.listDone', { count: made.length }),
              undo: async () =>
                t('observers.listUndone', { count: made.length === 0 ? 0 : (await endMany(made)).ended }),
            }
          }}
          goWords={count => t('observers.listGo', { count })}
          onClose={() => setOpen(false)}
          onChanged={() => undefined}
        />
      )}
    </>
  )
}
