// Writes a page in the editor of the notes. Saves as you go; what is not saved yet is kept on this device; two
// people at once see both texts and choose, and nothing of either is lost.
import { ArrowLeft, Check } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { PageFindings } from '#client/features/accessibility/PageFindings.tsx'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { SavedAt, type SaveState } from '#client/ui/SavedAt.tsx'
import { describeImage } from '#protocol/accessibility/findings.ts'
import { type PageDocument, plainText } from '#protocol/content/document.ts'
import type { Page } from '#protocol/content.ts'
import { FoundDraft, type PageWords, sameWords } from './FoundDraft.tsx'
import { fromMarkdown } from './from-markdown.ts'
import { changePage, dropDraft, keepDraft } from './store.ts'
import { WrittenText } from './WrittenText.tsx'

/** How long after the last letter a text is saved, in milliseconds. */
const pause = 1_200

/** A page's words; one that is Markdown becomes a tree as it is opened for writing. */
const wordsOf = (page: Page): PageWords => ({ title: page.title, document: page.document ?? fromMarkdown(page.body) })

/** As it travels. */
const plainly = ({ schema, content }: PageDocument) => ({ schema, content: [...content] })

interface PageEditorProps {
  readonly page: Page
  readonly parent: { readonly label: string; readonly href: string }
  readonly onDone: () => void
}

export function PageEditor({ page, parent, onDone }: PageEditorProps) {
  const [words, setWords] = useState<PageWords>(() => wordsOf(page))
  const [save, setSave] = useState<SaveState>({ state: 'clean' })
  const [conflict, setConflict] = useState<Page>()
  // Grows when the text is replaced from outside: the editor then begins anew.
  const [turn, setTurn] = useState(0)
  const version = useRef(page.version)
  const latest = useRef(words)
  const saved = useRef(words)
  // While the writer has to choose, nothing is sent: it could only be refused again.
  const choosing = useRef(false)
  const running = useRef<Promise<boolean> | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const dirty = () => !sameWords(latest.current, saved.current)

  /** Saves what is there now; one saving at a time. Answers whether nothing is left to save. */
  const store = async (): Promise<boolean> => {
    clearTimeout(timer.current)
    await running.current
    if (!dirty()) return true
    if (choosing.current) return false
    if (latest.current.title.trim() === '') {
      setSave({ state: 'failed', detail: t('content.titleMissing') })
      return false
    }
    const sent = latest.current
    setSave({ state: 'saving' })
    const attempt = (async () => {
      try {
        const { page: next } = await changePage({
          courseId: page.courseId,
          pageId: page.id,
          version: version.current,
          title: sent.title,
          document: plainly(sent.document),
        })
        version.current = next.version
        saved.current = sent
        if (dirty()) {
          setSave({ state: 'dirty' })
          later()
        } else {
          dropDraft(page.id)
          setSave({ state: 'saved', at: next.changedAt })
        }
        return true
      } catch (error) {
        if (error instanceof ClientProblem && error.code === 'conflict') {
          choosing.current = true
          setConflict(error.params.current as Page)
          setSave({ state: 'dirty' })
          return false
        }
        if (error instanceof ClientProblem && error.passing) later(pause * 4)
        setSave({ state: 'failed', detail: problemWords(error) })
        return false
      }
    })()
    running.current = attempt
    return (await attempt) && !dirty()
  }

  const later = (after: number = pause) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void store(), after)
  }

  const change = (part: Partial<typeof words>) => {
    const next = { ...latest.current, ...part }
    latest.current = next
    setWords(next)
    if (!dirty()) return
    keepDraft(page.id, { ...next, version: version.current })
    setSave(before => (before.state === 'saving' ? before : { state: 'dirty' }))
    if (!conflict) later()
  }

  // Leaving by any way saves; what does not get through stays on this device.
  const storeNow = useRef(store)
  storeNow.current = store
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      if (dirty()) void storeNow.current()
    },
    [],
  )

  const done = async () => {
    if (await store()) onDone()
  }

  const useMine = (theirs: Page) => {
    version.current = theirs.version
    choosing.current = false
    setConflict(undefined)
    void store()
  }

  const takeTheirs = (theirs: Page) => {
    version.current = theirs.version
    choosing.current = false
    latest.current = wordsOf(theirs)
    saved.current = latest.current
    setWords(latest.current)
    setTurn(turn + 1)
    setConflict(undefined)
    dropDraft(page.id)
    setSave({ state: 'saved', at: theirs.changedAt })
  }

  return (
    <div class="stack page-editor">
      <div class="page-editor-bar">
        <a class="page-header-parent" href={parent.href}>
          <Icon as={ArrowLeft} />
          <span dir="auto">{parent.label}</span>
        </a>
        <div class="cluster">
          <SavedAt save={save} />
          <PageFindings
            document={words.document}
            onDescribe={(node, given) => {
              change({ document: describeImage(latest.current.document, node, given) })
              setTurn(turn + 1)
            }}
          />
          <Button kind="primary" icon={Check} onClick={() => void done()}>
            {t('content.done')}
          </Button>
        </div>
      </div>
      <FoundDraft
        pageId={page.id}
        saved={words}
        onUse={draft => {
          change({ title: draft.title, document: draft.document })
          setTurn(turn + 1)
        }}
      />
      {conflict && (
        <Conflict
          mine={words}
          theirs={conflict}
          onMine={() => useMine(conflict)}
          onTheirs={() => takeTheirs(conflict)}
        />
      )}
      <h1 class="visually-hidden" tabIndex={-1}>
        {words.title}
      </h1>
      <Field
        name="title"
        label={t('content.title')}
        value={words.title}
        onValue={title => change({ title })}
        onLeave={() => void store()}
        maxLength={200}
      />
      <WrittenText
        key={turn}
        courseId={page.courseId}
        title={words.title}
        document={words.document}
        onDocument={document => change({ document })}
        onLeave={() => void store()}
      />
    </div>
  )
}

interface ConflictProps {
  readonly mine: PageWords
  readonly theirs: Page
  readonly onMine: () => void
  readonly onTheirs: () => void
}

/** Both texts beside one another; the choice is the writer's. */
function Conflict({ mine, theirs, onMine, onTheirs }: ConflictProps) {
  return (
    <section class="page-conflict" role="alert">
      <h2>{t('content.conflictTitle')}</h2>
      <p>{t('content.conflictLead')}</p>
      <div class="page-conflict-both">
        <div>
          <h3>{t('content.yours')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard. */}
          <pre tabIndex={0}>{`${mine.title}\n\n${plainText(mine.document)}`}</pre>
          <Button onClick={onMine}>{t('content.keepYours')}</Button>
        </div>
        <div>
          <h3>{t('content.theirs')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard. */}
          <pre tabIndex={0}>{`${theirs.title}\n\n${theirs.body}`}</pre>
          <Button onClick={onTheirs}>{t('content.keepTheirs')}</Button>
        </div>
      </div>
    </section>
  )
}
