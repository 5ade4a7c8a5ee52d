// A lesson gone through without anything being kept: by staff, and in a preview.
import { Play } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import type { LessonPageView } from '#protocol/lessons.ts'
import { Contents, placeIn } from './Contents.tsx'
import { Intro } from './Intro.tsx'
import { PageView } from './PageView.tsx'
import { lookAt, type Shown } from './store.ts'

interface Trying {
  /** The pages come by, the last is the one that is looked at; at the end null stands there. */
  readonly way: readonly (LessonPageView | null)[]
  readonly feedback: string
}

interface TrialProps {
  readonly shown: Shown
}

export function Trial({ shown }: TrialProps) {
  const { lesson, contents, pages, mayChange } = shown
  const of = { courseId: lesson.courseId, lessonId: lesson.id }
  const [trying, setTrying] = useState<Trying | undefined>(() =>
    shown.place ? { way: [shown.place.page], feedback: '' } : undefined,
  )
  const [turn, setTurn] = useState(0)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()

  const go = async (at: Parameters<typeof lookAt>[1], way: Trying['way']) => {
    setBusy(true)
    setFailed(undefined)
    try {
      const { page, feedback } = await lookAt(of, at)
      setTrying({ way: [...way, page], feedback })
      setTurn(turn + 1)
    } catch (error) {
      setFailed(problemWords(error))
    }
    setBusy(false)
  }
  if (pages === 0) return <p class="muted">{t('lessons.empty')}</p>
  const way = trying?.way ?? []
  const page = way.at(-1)
  const been = new Set(way.flatMap(one => (one ? [one.id as string] : [])))
  const trouble = failed !== undefined && <Banner tone="bad">{failed}</Banner>
  const told = <p class="muted">{t(mayChange ? 'lessons.trying' : 'lessons.notTaken')}</p>
  if (!trying || page === undefined)
    return (
      <div class="stack">
        <Intro text={lesson.intro} />
        {trouble}
        <div class="stack-tight">
          <div>
            <Button kind="primary" size="large" icon={Play} busy={busy} onClick={() => void go({}, [])}>
              {t('lessons.begin')}
            </Button>
          </div>
          {told}
        </div>
        <Contents contents={contents} at={undefined} been={been} />
      </div>
    )
  return (
    <div class="stack">
      {trouble}
      <PageView
        courseId={lesson.courseId}
        page={page}
        place={placeIn(contents, page?.id)}
        feedback={trying.feedback}
        back={way.length > 1}
        busy={busy}
        turn={turn}
        onChoose={choiceId => page && void go({ pageId: page.id, choiceId }, way)}
        onBack={() => {
          setTrying({ way: way.slice(0, -1), feedback: '' })
          setTurn(turn + 1)
        }}
        onBegin={() => void go({}, [])}
      />
      {told}
      <Contents
        contents={contents}
        at={page?.id}
        been={been}
        onJump={lesson.anyOrder ? pageId => void go({ pageId }, way) : undefined}
      />
    </div>
  )
}
