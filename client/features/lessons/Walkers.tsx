// Who is where in a lesson, for staff, as learners go on; and the way that one took.
import { useState } from 'preact/hooks'
import { LearnerList } from '#client/features/courses/LearnerList.tsx'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { WalkCounts, Walker } from '#protocol/lessons/walks.ts'
import { lessonStaffScope } from '#protocol/lessons.ts'
import { PathDialog } from './PathDialog.tsx'
import { listWalkers, type OfLesson } from './store.ts'
import { stateTones, stateWords } from './words.ts'

interface WalkersProps {
  readonly of: OfLesson
  /** Another one where the lesson or its pages changed. */
  readonly turn: string
}

export function Walkers({ of, turn }: WalkersProps) {
  const [whose, setWhose] = useState<Walker>()
  const told = useScope(lessonStaffScope, of.lessonId).head.value
  return (
    <>
      <LearnerList
        title={t('lessons.learners')}
        loadFailed={t('lessons.learnersFailed')}
        of={of.lessonId}
        load={asked => listWalkers(of, asked)}
        turn={`${told} ${turn}`}
        filters={filtersOf}
        line={row => <Line key={row.accountId} row={row} onOpen={() => setWhose(row)} />}
      />
      {whose && <PathDialog of={of} walker={whose} told={`${told}`} onClose={() => setWhose(undefined)} />}
    </>
  )
}

const filtersOf = ({ none, on, finished }: WalkCounts) => [
  { value: 'all' as const, label: t('lessons.filterAll', { count: none + on + finished }) },
  { value: 'none' as const, label: t('lessons.filterNone', { count: none }) },
  { value: 'on' as const, label: t('lessons.filterOn', { count: on }) },
  { value: 'finished' as const, label: t('lessons.filterFinished', { count: finished }) },
]

function Line({ row, onOpen }: { readonly row: Walker; readonly onOpen: () => void }) {
  const { name, accountId, state, page, at, times } = row
  return (
    <Row
      start={<Avatar name={name} seed={accountId} size={32} />}
      title={name}
      onPress={state === 'none' ? undefined : onOpen}
      detail={
        at !== null && (
          <>
            {page !== null && `${t('lessons.onPage', { page })} · `}
            <Time at={at} form="dayAndTime" />
            {times > 1 && ` · ${t('lessons.begun', { count: times })}`}
          </>
        )
      }
      end={<Badge tone={stateTones[state]}>{stateWords(state)}</Badge>}
    />
  )
}
