// Writes one page of a lesson: its title, its text in the editor of pages, and the choices it ends in. Saved when asked.
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { v7 as newId } from 'uuid'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { PageFindings } from '#client/features/accessibility/PageFindings.tsx'
import { FoundDraft, type PageWords, sameWords } from '#client/features/content/FoundDraft.tsx'
import { dropDraft, keepDraft } from '#client/features/content/store.ts'
import { WrittenText } from '#client/features/content/WrittenText.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { announce } from '#client/ui/LiveRegion.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { useSending } from '#client/ui/use-sending.ts'
import { describeImage } from '#protocol/accessibility/findings.ts'
import type { PageDocument } from '#protocol/content/document.ts'
import { type LessonChoice, type LessonPage, type LessonPageLine, mostLessonChoices } from '#protocol/lessons.ts'
import { ChoiceFields } from './ChoiceFields.tsx'
import { changeLessonPage, getLesson, getLessonPage, getOutline, type OfLesson } from './store.ts'
import './lessons.css'

/** /courses/:courseId/lessons/:lessonId/pages/:pageId */
export function WritePage({ params: { courseId, lessonId, pageId }, query }: PageProps<'lessonPage'>) {
  const of = { courseId, lessonId }
  const { value, problem, reload } = useLoad(pageId, async () => {
    const [{ page }, { pages }, { lesson }] = await Promise.all([
      getLessonPage({ ...of, pageId }),
      getOutline(of),
      getLesson(of),
    ])
    return { page, pages, lesson }
  })
  usePageTitle(value?.page.title ?? t('lessons.writePage'))
  const home = { label: value?.lesson.title ?? t('lessons.lesson'), href: pathTo('lesson', of) }
  if (problem?.code === 'not-found' || problem?.code === 'not-allowed')
    return (
      <div class="stack">
        <PageHeader title={t('lessons.pageGoneTitle')} lead={t('lessons.pageGoneDetail')} />
        <div>
          <ButtonLink href={home.href}>{t('lessons.cancel')}</ButtonLink>
        </div>
      </div>
    )
  if (problem && !value)
    return (
      <ErrorState
        page
        title={t('lessons.pageFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  if (!value) return <Skeleton form="page" />
  return (
    <div class="stack-loose">
      <PageHeader title={value.page.title} parent={home} />
      <PageForm key={pageId} of={of} page={value.page} pages={value.pages} findings={query.findings === '1'} />
    </div>
  )
}

interface PageFormProps {
  readonly of: OfLesson
  readonly page: LessonPage
  readonly pages: readonly LessonPageLine[]
  /** What is found in it is asked for. */
  readonly findings: boolean
}

function PageForm({ of, page, pages, findings }: PageFormProps) {
  const { route: go } = useLocation()
  const [title, setTitle] = useState(page.title)
  const [document, setDocument] = useState<PageDocument>(page.document)
  // Grows when the text is replaced from outside: the editor then begins anew.
  const [turn, setTurn] = useState(0)
  const [choices, setChoices] = useState<readonly LessonChoice[]>(page.choices)
  const sending = useSending(t('lessons.pageConflict'))
  const missing = missingIn(choices)
  const errorOf = (name: string) =>
    name === 'title' || missing.some(one => one.name === name) ? sending.errorOf(name) : undefined

  /** What is written stays on this device until it is saved. */
  const write = (part: Partial<PageWords>) => {
    const next = { title, document, ...part }
    setTitle(next.title)
    setDocument(next.document)
    if (sameWords(next, page)) dropDraft(page.id)
    else keepDraft(page.id, { ...next, version: page.version })
  }
  const move = (at: number, by: -1 | 1) =>
    setChoices(now => {
      const next = [...now]
      const [one] = next.splice(at, 1)
      if (one) next.splice(at + by, 0, one)
      return next
    })
  const remove = (at: number, choice: LessonChoice) => {
    setChoices(now => now.filter(one => one.id !== choice.id))
    showToast({
      text: t('lessons.choiceOut', { number: at + 1 }),
      onUndo: () => setChoices(now => [...now.slice(0, at), choice, ...now.slice(at)]),
    })
  }
  const add = () => {
    const more = { id: newId(), text: '', to: 'next', feedback: '' } as LessonChoice
    setChoices(now => [...now, more])
  }
  const send = async () => {
    const wrong = [...(title.trim() === '' ? [{ name: 'title', message: t('lessons.titleMissing') }] : []), ...missing]
    await sending.send(wrong, async () => {
      await changeLessonPage({ ...of, pageId: page.id }, page.version, { title, document, choices })
      dropDraft(page.id)
      // Its line in the lesson shows what was saved; a toast would lie over it.
      announce(t('lessons.saved'))
      go(pathTo('lesson', of))
    })
  }
  return (
    <Form onSubmit={() => void send()} errors={sending.errors} problem={sending.problem}>
      <FoundDraft
        pageId={page.id}
        saved={page}
        onUse={draft => {
          write(draft)
          setTurn(turn + 1)
        }}
      />
      <Field
        name="title"
        label={t('lessons.pageTitle')}
        value={title}
        onValue={given => write({ title: given })}
        error={errorOf('title')}
        maxLength={200}
      />
      <section class="stack-tight lesson-text" aria-label={t('lessons.text')}>
        <div class="lesson-text-head">
          <p class="field-label" aria-hidden="true">
            {t('lessons.text')}
          </p>
          <PageFindings
            document={document}
            open={findings ? 'anyway' : undefined}
            onDescribe={(node, given) => {
              write({ document: describeImage(document, node, given) })
              setTurn(turn + 1)
            }}
          />
        </div>
        <WrittenText
          key={turn}
          courseId={of.courseId}
          title={t('lessons.text')}
          document={document}
          onDocument={given => write({ document: given })}
        />
      </section>
      <Section title={t('lessons.choices')}>
        <div class="stack">
          <p class="muted">{t('lessons.choicesLead')}</p>
          {choices.length === 0 && <Banner tone="warn">{t('lessons.noChoices')}</Banner>}
          {choices.map((choice, at) => (
            <ChoiceFields
              key={choice.id}
              choice={choice}
              number={at + 1}
              count={choices.length}
              pages={pages}
              pageId={page.id}
              error={errorOf(`${choice.id} text`)}
              onChoice={next => setChoices(now => now.map(one => (one.id === choice.id ? next : one)))}
              onMove={by => move(at, by)}
              onRemove={() => remove(at, choice)}
            />
          ))}
          {choices.length < mostLessonChoices && (
            <div>
              <Button icon={Plus} onClick={add}>
                {t('lessons.addChoice')}
              </Button>
            </div>
          )}
        </div>
      </Section>
      <FormActions>
        <ButtonLink href={pathTo('lesson', of)}>{t('ui.cancel')}</ButtonLink>
        <Button kind="primary" type="submit" busy={sending.busy}>
          {t('lessons.save')}
        </Button>
      </FormActions>
    </Form>
  )
}

/** Choices that need words: with several, each. */
const missingIn = (choices: readonly LessonChoice[]): FormError[] =>
  choices.length < 2
    ? []
    : choices.flatMap(one =>
        one.text.trim() === '' ? [{ name: `${one.id} text`, message: t('lessons.choiceMissing') }] : [],
      )
