// What a class came to, in the figures the overview shows while it runs; each leads to what it counts.
import { useEffect } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Figures } from '#client/ui/Figures.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { overviewRoutes } from '#protocol/overview.ts'

export interface ClassFiguresProps {
  readonly runId: string
  /** Read again when it grows. */
  readonly turn: number | undefined
  readonly onPeople: () => void
  readonly onQuestions: () => void
  readonly onChat: () => void
}

/** Nothing until they are read, and nothing where they cannot be: the report holds the same, name by name. */
export function ClassFigures({ runId, turn, onPeople, onQuestions, onChat }: ClassFiguresProps) {
  const { value, reload } = useLoad(runId, () =>
    request(overviewRoutes.figures, { runId } as InputBefore<typeof overviewRoutes.figures>),
  )
  useEffect(() => {
    if (turn !== undefined) reload()
  }, [turn, reload])
  if (!value) return null
  return (
    <Figures
      figures={[
        { label: t('live.figureJoined'), count: value.joined, onPress: onPeople },
        { label: t('live.figureAsked'), count: value.asked, onPress: onQuestions },
        { label: t('live.figureAnswers'), count: value.answers, onPress: onPeople },
        { label: t('live.figureMessages'), count: value.messages, onPress: onChat },
      ]}
    />
  )
}
