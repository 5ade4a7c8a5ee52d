// The pages of a lesson for its staff: in order, with what leads where and how often, and what keeps learners from the end.
import { ArrowDown, ArrowUp, FilePlus, Pencil, Plus, TextCursorInput, Trash2 } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { aheadOfDown, aheadOfUp } from '#client/features/courses/order.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type LessonPageLine, type LessonWarning, lessonStaffScope, mostLessonPages } from '#protocol/lessons.ts'
import { PageTitleDialog } from './PageTitleDialog.tsx'
import {
  addLessonPage,
  changeLessonPage,
  countTaken,
  getOutline,
  moveLessonPage,
  type OfLesson,
  type Outline as Read,
  removeLessonPage,
  restoreLessonPage,
} from './store.ts'
import { choiceWords, targetOf, trapping, warningWords } from './words.ts'

interface OutlineProps {
  readonly of: OfLesson
  /** Another one where the lesson or its pages changed. */
  readonly turn: string
  /** Whether they may know how often each choice was taken. */
  readonly mayCount: boolean
  readonly published: boolean
}

export function Outline({ of, turn, mayCount, published }: OutlineProps) {
  const { route: go } = useLocation()
  const { value, problem, reload } = useLoad(of.lessonId, () => getOutline(of))
  const [adding, setAdding] = useState(false)
  useEffect(reload, [turn])
  if (!value)
    return (
      <Section title={t('lessons.pages')}>
        {problem ? (
          <ErrorState
            title={t('lessons.pagesFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" />
        )}
      </Section>
    )
  const { pages, warnings } = value
  const traps = pages.filter(one => warnings.some(({ pageId, what }) => pageId === one.id && trapping(what)))
  return (
    <Section
      title={t('lessons.pages')}
      actions={
        pages.length > 0 &&
        pages.length < mostLessonPages && (
          <Button icon={Plus} onClick={() => setAdding(true)}>
            {t('lessons.addPage')}
          </Button>
        )
      }
    >
      <div class="stack">
        {!published && traps.length > 0 && (
          <Banner tone="warn" title={t('lessons.trapped')}>
            {t('lessons.trappedLead', { pages: traps.map(one => one.title).join(' · ') })}
          </Banner>
        )}
        {pages.length === 0 ? (
          <EmptyState
            icon={FilePlus}
            title={t('lessons.noPages')}
            action={
              <Button kind="primary" icon={Plus} onClick={() => setAdding(true)}>
                {t('lessons.addPage')}
              </Button>
            }
          >
            {t('lessons.noPagesLead')}
          </EmptyState>
        ) : (
          <Pages of={of} read={value} turn={turn} mayCount={mayCount} onChanged={reload} />
        )}
      </div>
      {adding && (
        <PageTitleDialog
          title={t('lessons.addPage')}
          save={t('lessons.newPage')}
          onClose={() => setAdding(false)}
          onSave={async title => {
            const { page } = await addLessonPage(of, title)
            setAdding(false)
            go(pathTo('lessonPage', { ...of, pageId: page.id }))
          }}
        />
      )}
    </Section>
  )
}

interface PagesProps extends Omit<OutlineProps, 'published'> {
  readonly read: Read
  readonly onChanged: () => void
}

function Pages({ of, read: { pages, warnings }, turn, mayCount, onChanged }: PagesProps) {
  const taken = useTaken(of, mayCount, turn)
  return (
    <div class="card" data-flush>
      <List label={t('lessons.pages')}>
        {pages.map((page, at) => (
          <Row
            key={page.id}
            start={<span class="lesson-number figures">{at + 1}</span>}
            title={page.title}
            href={pathTo('lessonPage', { ...of, pageId: page.id })}
            detail={
              <PageLeads
                page={page}
                pages={pages}
                taken={taken}
                warnings={warnings.filter(one => one.pageId === page.id)}
              />
            }
            end={<PageMenu of={of} page={page} pages={pages} onChanged={onChanged} />}
          />
        ))}
      </List>
    </div>
  )
}

/** How often each choice was taken, as it is taken; empty for whoever may not know. */
function useTaken(of: OfLesson, mayCount: boolean, turn: string): ReadonlyMap<string, number> {
  const told = useScope(lessonStaffScope, of.lessonId).head.value
  const { value, reload } = useLoad(mayCount ? of.lessonId : null, () => countTaken(of))
  useEffect(() => {
    // A class that goes through it at once is read once.
    const timer = setTimeout(reload, 400)
    return () => clearTimeout(timer)
  }, [told, turn])
  return new Map(value?.choices.map(one => [`${one.pageId} ${one.choiceId}`, one.count]))
}

interface PageLeadsProps {
  readonly page: LessonPageLine
  readonly pages: readonly LessonPageLine[]
  readonly taken: ReadonlyMap<string, number>
  readonly warnings: readonly LessonWarning[]
}

/** What is wrong with a page, where it leads, and from where it is come to. */
function PageLeads({ page, pages, taken, warnings }: PageLeadsProps) {
  const from = pages.filter(one =>
    one.choices.some(choice => {
      const target = targetOf(pages, one.id, choice.to)
      return typeof target === 'object' && target.id === page.id
    }),
  )
  const first = pages[0]?.id === page.id
  return (
    <div class="lesson-leads">
      {warnings.length > 0 && (
        <ul class="lesson-warnings">
          {warnings.map(one => (
            <li key={`${one.what} ${one.choiceId}`}>
              <Badge tone={trapping(one.what) ? 'bad' : 'warn'}>{warningWords(one)}</Badge>
            </li>
          ))}
        </ul>
      )}
      <ul aria-label={t('lessons.leadsFrom', { title: page.title })}>
        {page.choices.map(choice => {
          const target = targetOf(pages, page.id, choice.to)
          const count = taken.get(`${page.id} ${choice.id}`) ?? 0
          return (
            <li key={choice.id}>
              {t('lessons.leadsTo', {
                choice: `“${choiceWords(choice, target)}”`,
                target:
                  target === 'end' ? t('lessons.theEnd') : target === 'gone' ? t('lessons.goneTarget') : target.title,
              })}
              {count > 0 && <span class="muted"> · {t('lessons.taken', { count })}</span>}
            </li>
          )
        })}
      </ul>
      {(first || from.length > 0) && (
        <p class="muted">
          {first && t('lessons.firstPage')}
          {first && from.length > 0 && ' · '}
          {from.length > 0 && t('lessons.comesFrom', { pages: from.map(one => one.title).join(' · ') })}
        </p>
      )}
    </div>
  )
}

interface PageMenuProps {
  readonly of: OfLesson
  readonly page: LessonPageLine
  readonly pages: readonly LessonPageLine[]
  readonly onChanged: () => void
}

function PageMenu({ of, page, pages, onChanged }: PageMenuProps) {
  const [renaming, setRenaming] = useState(false)
  const { title } = page
  const ofPage = { ...of, pageId: page.id }
  const up = aheadOfUp(pages, page.id)
  const down = aheadOfDown(pages, page.id)
  const act = async (doing: Promise<unknown>): Promise<boolean> => {
    try {
      await doing
      onChanged()
      return true
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
      return false
    }
  }
  const move = async (before: string | null) => {
    if (await act(moveLessonPage(ofPage, before))) announce(t('lessons.moved', { title }))
  }
  const remove = async () => {
    if (await act(removeLessonPage(ofPage)))
      showToast({ text: t('lessons.pageOut', { title }), onUndo: () => void act(restoreLessonPage(ofPage)) })
  }
  return (
    <>
      <Menu
        label={t('lessons.pageMenu', { title })}
        items={[
          { label: t('lessons.writePage'), icon: Pencil, href: pathTo('lessonPage', ofPage) },
          { label: t('lessons.rename'), icon: TextCursorInput, onSelect: () => setRenaming(true) },
          'line',
          {
            label: t('lessons.moveUp'),
            icon: ArrowUp,
            disabled: up === undefined,
            onSelect: () => void move(up ?? null),
          },
          {
            label: t('lessons.moveDown'),
            icon: ArrowDown,
            disabled: down === undefined,
            onSelect: () => void move(down ?? null),
          },
          'line',
          { label: t('lessons.removePage'), icon: Trash2, kind: 'danger', onSelect: () => void remove() },
        ]}
      />
      {renaming && (
        <PageTitleDialog
          title={t('lessons.renamePage')}
          save={t('lessons.save')}
          before={title}
          onClose={() => setRenaming(false)}
          onSave={async given => {
            await changeLessonPage(ofPage, page.version, { title: given })
            setRenaming(false)
            onChanged()
          }}
        />
      )}
    </>
  )
}
