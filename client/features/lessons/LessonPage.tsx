// A lesson: to its learners the page they are on, to staff its pages with what leads where, and who is where.
import { Pencil, Play, Square } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { previewed } from '#client/platform/preview.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { lessonScope } from '#protocol/lessons.ts'
import { Intro } from './Intro.tsx'
import { LessonForm } from './LessonForm.tsx'
import { Outline } from './Outline.tsx'
import { changeLesson, getLesson } from './store.ts'
import { Trial } from './Trial.tsx'
import { Walk } from './Walk.tsx'
import { Walkers } from './Walkers.tsx'
import './lessons.css'

/** /courses/:courseId/lessons/:lessonId */
export function LessonPage({ params: { courseId, lessonId } }: PageProps<'lesson'>) {
  const of = { courseId, lessonId }
  const [editing, setEditing] = useState(false)
  const [trying, setTrying] = useState(false)
  const told = useScope(lessonScope, lessonId).head.value
  const page = useItemPage({
    ...{ courseId, kind: 'lesson', refId: lessonId, word: 'lessons.lesson' },
    load: () => getLesson(of),
    titleOf: ({ lesson }) => lesson.title,
    // Its pages are told in its own scope, one's other devices in one's own.
    turn: `${useMyCourses()} ${told}`,
  })
  const { value, item, reload, newest } = page
  if (!value)
    return (
      <ItemAway
        page={page}
        goneTitle="lessons.goneTitle"
        goneDetail="lessons.goneDetail"
        loadFailed="lessons.loadFailed"
      />
    )
  const { lesson, mayChange, maySeeAll, kept } = value
  return (
    <ItemPage
      page={page}
      title={lesson.title}
      actions={
        mayChange && (
          <>
            <Button icon={Pencil} onClick={() => setEditing(true)}>
              {t('lessons.edit')}
            </Button>
            {value.pages > 0 && (
              <Button icon={trying ? Square : Play} onClick={() => setTrying(!trying)}>
                {t(trying ? 'lessons.tryStop' : 'lessons.tryIt')}
              </Button>
            )}
          </>
        )
      }
      mayChange={mayChange}
      draft="lessons.draft"
    >
      {mayChange && !trying && <Intro text={lesson.intro} />}
      {trying ? (
        <Trial key={`${lessonId} staff`} shown={value} />
      ) : mayChange ? (
        <Outline key={lessonId} of={of} turn={newest} mayCount={maySeeAll} published={item?.published ?? false} />
      ) : kept && !previewed ? (
        <Walk key={lessonId} shown={value} onChanged={reload} />
      ) : (
        <Trial key={lessonId} shown={value} />
      )}
      {maySeeAll && !trying && <Walkers key={`${lessonId} walkers`} of={of} turn={newest} />}
      {editing && (
        <Dialog open onClose={() => setEditing(false)} title={t('lessons.edit')}>
          <LessonForm
            words={lesson}
            save={t('lessons.save')}
            onClose={() => setEditing(false)}
            onSave={async ({ title, intro, anyOrder }) => {
              await changeLesson(of, lesson.version, { title, intro, anyOrder })
              setEditing(false)
              showToast({ text: t('lessons.saved') })
              reload()
            }}
          />
        </Dialog>
      )}
    </ItemPage>
  )
}
