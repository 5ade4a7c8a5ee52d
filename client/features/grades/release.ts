// Releasing columns and holding them back, with the way back of each in the notice about it.
import { request } from '#client/platform/call.ts'
import { dayAndTime } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { showToast, type ToastWords } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { type GradeItem, gradeRoutes } from '#protocol/grades.ts'

type Preview = InputBefore<typeof gradeRoutes.previewRelease>
type Release = InputBefore<typeof gradeRoutes.release>
type Book = InputBefore<typeof gradeRoutes.changeBook>

/** How many learners a release shows something. */
export const previewRelease = ({ id }: GradeItem): Promise<{ people: number }> =>
  request(gradeRoutes.previewRelease, { gradeItemId: id } as Preview)

/** The notice before: its way back would lead past what was done since. */
let earlier: () => void = () => undefined

function say(words: ToastWords): void {
  earlier()
  earlier = showToast(words)
}

const set = (item: GradeItem, to: Pick<Release, 'held' | 'releasesAt'>): Promise<GradeItem> =>
  request(gradeRoutes.release, { gradeItemId: item.id, version: item.version, ...to } as Release)

const orSay = (act: Promise<void>): Promise<void> =>
  act.catch(error => {
    say({ text: problemWords(error), tone: 'bad' })
  })

/** Shows it to learners at once. Throws what the server refuses. */
export async function release(item: GradeItem, people: number): Promise<void> {
  const now = await set(item, { held: false })
  say({ text: t('grades.released', { count: people }), onUndo: () => void orSay(holdBack(now, item.releasesAt)) })
}

/** Has it released by itself at a moment. Throws what the server refuses. */
export async function planRelease(item: GradeItem, releasesAt: string): Promise<void> {
  const now = await set(item, { held: true, releasesAt })
  const text = t('grades.releasePlanned', { when: dayAndTime(releasesAt) })
  say({ text, onUndo: () => void orSay(holdBack(now, item.releasesAt)) })
}

/** Takes it from learners until it is released. */
export async function holdBack(item: GradeItem, releasesAt: string | null = null): Promise<void> {
  const late = releasesAt !== null && Date.parse(releasesAt) <= Date.now()
  const now = await set(item, { held: true, releasesAt: late ? null : releasesAt })
  const text = t('grades.nowHeldBack', { title: item.title })
  if (item.held) say({ text: t('grades.correctUndone') })
  else
    say({
      text,
      onUndo: () =>
        void orSay(
          set(now, { held: false }).then(() => {
            say({ text: t('grades.isReleased') })
          }),
        ),
    })
}

/** Says whether new columns of a course are held back. */
export const changeBook = (courseId: string, holds: boolean): Promise<void> =>
  orSay(
    request(gradeRoutes.changeBook, { courseId, holds } as Book).then(() => {
      say({
        text: t(holds ? 'grades.holdsOn' : 'grades.holdsOff'),
        onUndo: () => void changeBook(courseId, !holds),
      })
    }),
  )
