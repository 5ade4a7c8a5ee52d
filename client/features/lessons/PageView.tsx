// One page of a lesson as it is gone through: what was said back, the text, and the ways on as buttons for a thumb.
import { ArrowLeft, ArrowRight, Flag, RotateCw } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { DocumentView } from '#client/features/content/DocumentView.tsx'
import '#client/features/content/content.css'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { LessonPageView } from '#protocol/lessons.ts'

export interface PageViewProps {
  readonly courseId: string
  /** Null at the end. */
  readonly page: LessonPageView | null
  /** Where it stands, in a lesson that is a book. */
  readonly place?: string | undefined
  /** What was said to the choice that led here. */
  readonly feedback: string
  readonly back: boolean
  readonly busy: boolean
  /** Grows with each step: what was read before is left. */
  readonly turn: number
  readonly onChoose: (choiceId: string) => void
  readonly onBack: () => void
  readonly onBegin: () => void
  /** What stands between what was said and the page. */
  readonly children?: ComponentChildren
}

export function PageView(props: PageViewProps) {
  const { courseId, page, place, feedback, back, busy, turn, onChoose, onBack, onBegin, children } = props
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Not as it is opened: the title of the page has the focus then.
    if (turn === 0) return
    head.current?.focus({ preventScroll: true })
    head.current?.closest('.lesson-walk')?.scrollIntoView({ block: 'start' })
  }, [turn])
  const choices = page?.choices ?? []
  const [only] = choices
  return (
    <section class="lesson-walk" aria-label={page?.title ?? t('lessons.endTitle')}>
      {feedback && (
        <div class="lesson-said" role="status" aria-label={t('lessons.said')}>
          {feedback}
        </div>
      )}
      {children}
      {place && <p class="muted figures">{place}</p>}
      <h2 class="lesson-title" tabIndex={-1} ref={head}>
        {page ? inOwnDirection(page.title) : t('lessons.endTitle')}
      </h2>
      {page ? (
        <>
          <DocumentView document={page.document} courseId={courseId} />
          {choices.length === 0 ? (
            <Banner tone="warn">{t('lessons.wayOutGone')}</Banner>
          ) : choices.length === 1 && only && only.text === '' ? (
            <div class="lesson-ways">
              <Button
                kind="primary"
                size="large"
                icon={only.ends ? Flag : ArrowRight}
                disabled={busy}
                onClick={() => onChoose(only.id)}
              >
                {t(only.ends ? 'lessons.finish' : 'lessons.continue')}
              </Button>
            </div>
          ) : (
            <fieldset class="lesson-ways">
              <legend>{t('lessons.howOn')}</legend>
              {choices.map(({ id, text }) => (
                <button
                  type="button"
                  class="lesson-way"
                  key={id}
                  aria-disabled={busy}
                  onClick={() => !busy && onChoose(id)}
                >
                  <span dir="auto">{text}</span>
                  <Icon as={ArrowRight} />
                </button>
              ))}
            </fieldset>
          )}
        </>
      ) : (
        <p>{t('lessons.endLead')}</p>
      )}
      <div class="cluster">
        {back && (
          <Button icon={ArrowLeft} disabled={busy} onClick={onBack}>
            {t('lessons.back')}
          </Button>
        )}
        {(page === null || back) && (
          <Button kind="quiet" icon={RotateCw} disabled={busy} onClick={onBegin}>
            {t('lessons.beginAgain')}
          </Button>
        )}
      </div>
    </section>
  )
}
