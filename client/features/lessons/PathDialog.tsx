// The way one learner took through a lesson, step by step, from their first one on.
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { WalkedStep, Walker } from '#protocol/lessons/walks.ts'
import { listPath, type OfLesson } from './store.ts'

interface PathDialogProps {
  readonly of: OfLesson
  readonly walker: Walker
  /** Another one when somebody went on. */
  readonly told: string
  readonly onClose: () => void
}

export function PathDialog({ of, walker, told, onClose }: PathDialogProps) {
  const { rows, more, busy, problem, reload } = usePages(`${walker.accountId} ${told}`, after =>
    listPath(of, walker.accountId, after),
  )
  const label = t('lessons.pathOf', { name: walker.name })
  return (
    <Dialog open onClose={onClose} title={label}>
      {rows === undefined ? (
        problem ? (
          <ErrorState
            title={t('lessons.pathFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" />
        )
      ) : rows.length === 0 ? (
        <p class="muted">{t('lessons.noPath')}</p>
      ) : (
        <>
          <List label={label}>
            {rows.map((step, at) => (
              <Row
                key={`${step.at} ${at}`}
                title={t('lessons.stepTo', { what: whatOf(step), page: step.to ?? t('lessons.theEnd') })}
                detail={<Time at={step.at} form="dayAndTime" />}
              />
            ))}
          </List>
          <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
        </>
      )}
    </Dialog>
  )
}

function whatOf({ how, choice, to }: WalkedStep): string {
  switch (how) {
    case 'began':
      return t('lessons.stepBegan')
    case 'chose':
      return choice === null ? t(to === null ? 'lessons.finish' : 'lessons.continue') : `“${choice}”`
    case 'back':
      return t('lessons.stepBack')
    case 'jumped':
      return t('lessons.stepJumped')
    case 'moved':
      return t('lessons.stepMoved')
  }
}
