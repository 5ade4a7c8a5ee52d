// Writes a text page: Markdown beside its preview. Saves as you go; what is not saved yet is kept on this device; two
// people at once see both texts and choose, and nothing of either is lost.
import { Check } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { SavedAt, type SaveState } from '#client/ui/SavedAt.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { longestPage, type Page } from '#protocol/content.ts'
import { Markdown } from './Markdown.tsx'
import { changePage, dropDraft, findDraft, keepDraft, type LocalDraft } from './store.ts'

/** How long after the last letter a text is saved, in milliseconds. */
const pause = 1_200

interface PageEditorProps {
  readonly page: Page
  readonly parent: { readonly label: string; readonly href: string }
  readonly onDone: () => void
}

export function PageEditor({ page, parent, onDone }: PageEditorProps) {
  const [words, setWords] = useState({ title: page.title, body: page.body })
  const [save, setSave] = useState<SaveState>({ state: 'clean' })
  const [conflict, setConflict] = useState<Page>()
  const [tab, setTab] = useState<'write' | 'preview'>('write')
  const [found, setFound] = useState<LocalDraft | undefined>(() => {
    const kept = findDraft(page.id)
    return kept && (kept.title !== page.title || kept.body !== page.body) ? kept : undefined
  })
  const version = useRef(page.version)
  const latest = useRef(words)
  const saved = useRef(words)
  // While the writer has to choose, nothing is sent: it could only be refused again.
  const choosing = useRef(false)
  const running = useRef<Promise<boolean> | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const dirty = () => latest.current.title !== saved.current.title || latest.current.body !== saved.current.body

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
          body: sent.body,
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
    latest.current = { title: theirs.title, body: theirs.body }
    saved.current = latest.current
    setWords(latest.current)
    setConflict(undefined)
    dropDraft(page.id)
    setSave({ state: 'saved', at: theirs.changedAt })
  }

  const left = longestPage - words.body.length
  return (
    <div class="stack page-editor">
      <div class="page-editor-bar">
        <a class="page-header-parent" href={parent.href}>
          {parent.label}
        </a>
        <div class="cluster">
          <SavedAt save={save} />
          <Button kind="primary" icon={Check} onClick={() => void done()}>
            {t('content.done')}
          </Button>
        </div>
      </div>
      {found && (
        <Banner
          tone="accent"
          action={
            <>
              <Button
                size="small"
                onClick={() => {
                  change({ title: found.title, body: found.body })
                  setFound(undefined)
                }}
              >
                {t('content.draftUse')}
              </Button>
              <Button
                size="small"
                kind="quiet"
                onClick={() => {
                  dropDraft(page.id)
                  setFound(undefined)
                }}
              >
                {t('content.draftDrop')}
              </Button>
            </>
          }
        >
          {t('content.draftFound')}
        </Banner>
      )}
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
      <Tabs
        label={t('content.body')}
        tabs={[
          { id: 'write', label: t('content.write') },
          { id: 'preview', label: t('content.preview') },
        ]}
        selected={tab}
        onSelect={setTab}
      >
        {tab === 'preview' ? (
          <Markdown source={words.body} />
        ) : (
          <Field
            type="textarea"
            name="body"
            label={t('content.body')}
            labelHidden
            hint={left < 2_000 ? t('content.left', { count: left }) : t('content.bodyHint')}
            error={left <= 0 ? t('content.tooLong') : undefined}
            value={words.body}
            onValue={body => change({ body })}
            onLeave={() => void store()}
            rows={20}
            maxLength={longestPage}
          />
        )}
      </Tabs>
    </div>
  )
}

interface ConflictProps {
  readonly mine: { readonly title: string; readonly body: string }
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
          <pre tabIndex={0}>{`${mine.title}\n\n${mine.body}`}</pre>
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
