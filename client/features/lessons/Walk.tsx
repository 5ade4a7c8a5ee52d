// A learner goes through a lesson: each step is kept on the server, and it goes on where they were, on any device.
import { Play } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Contents, placeIn } from './Contents.tsx'
import { Intro } from './Intro.tsx'
import { PageView } from './PageView.tsx'
import { type Shown, type Step, takeStep } from './store.ts'

type Place = NonNullable<Shown['place']>

interface WalkProps {
  readonly shown: Shown
  readonly onChanged: () => void
}

export function Walk({ shown, onChanged }: WalkProps) {
  const { lesson, contents, pages } = shown
  const of = { courseId: lesson.courseId, lessonId: lesson.id }
  // What the last step came to, until all is read again.
  const [stepped, setStepped] = useState<Place>()
  useEffect(() => setStepped(undefined), [shown])
  // What was said back, with the page it stands above.
  const [said, setSaid] = useState<{ readonly words: string; readonly on: string | undefined }>()
  const [turn, setTurn] = useState(0)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<{ readonly words: string; readonly again: Step | undefined }>()
  const place = stepped ?? shown.place

  const go = async (step: Step) => {
    setBusy(true)
    setFailed(undefined)
    try {
      const next = await takeStep(of, step)
      setStepped(next.place)
      setSaid({ words: next.feedback, on: next.place.page?.id })
      setTurn(turn + 1)
    } catch (error) {
      const changed = error instanceof ClientProblem && (error.code === 'conflict' || error.code === 'not-found')
      setFailed(
        changed
          ? { words: t('lessons.changedMeanwhile'), again: undefined }
          : { words: problemWords(error), again: step },
      )
      if (changed) onChanged()
    }
    setBusy(false)
  }
  const trouble = failed && (
    <Banner
      tone="bad"
      title={failed.again ? t('lessons.stepFailed') : undefined}
      action={
        failed.again && (
          <Button size="small" onClick={() => failed.again && void go(failed.again)}>
            {t('ui.retry')}
          </Button>
        )
      }
    >
      {failed.words}
    </Banner>
  )
  if (pages === 0) return <p class="muted">{t('lessons.empty')}</p>
  const been = new Set<string>(place?.been)
  if (!place)
    return (
      <div class="stack">
        <Intro text={lesson.intro} />
        {trouble}
        <div>
          <Button kind="primary" size="large" icon={Play} busy={busy} onClick={() => void go({ do: 'begin' })}>
            {t('lessons.begin')}
          </Button>
        </div>
        <Contents contents={contents} at={undefined} been={been} />
      </div>
    )
  const { page } = place
  const at = page?.id
  return (
    <div class="stack">
      {trouble}
      <PageView
        courseId={lesson.courseId}
        page={page}
        place={placeIn(contents, at)}
        feedback={said && said.on === at ? said.words : ''}
        back={place.back}
        busy={busy}
        turn={turn}
        onChoose={choiceId => at && void go({ do: 'choose', pageId: at, choiceId })}
        onBack={() => void go({ do: 'back' })}
        onBegin={() => void go({ do: 'begin' })}
      >
        {place.moved && <Banner title={t('lessons.movedTitle')}>{t('lessons.movedLead')}</Banner>}
      </PageView>
      <Contents
        contents={contents}
        at={at}
        been={been}
        onJump={lesson.anyOrder ? pageId => void go({ do: 'jump', pageId }) : undefined}
      />
    </div>
  )
}
