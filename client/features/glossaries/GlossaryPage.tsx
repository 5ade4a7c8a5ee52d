// A glossary: its words in the order of the language, by letter or searched for; what learners suggest; kept up to date by
// itself.
import { BookA, Pencil, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { useSettled } from '#client/platform/use-settled.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { glossaryScope, type Letters } from '#protocol/glossaries.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { EntryList } from './EntryList.tsx'
import { GlossaryForm } from './GlossaryForm.tsx'
import { changeGlossary, entriesFile, getGlossary, listEntries, type OfGlossary } from './store.ts'
import { WordListDialog } from './WordListDialog.tsx'
import './glossaries.css'

/** /courses/:courseId/glossaries/:glossaryId */
export function GlossaryPage({ params: { courseId, glossaryId } }: PageProps<'glossary'>) {
  const of = { courseId, glossaryId }
  const [open, setOpen] = useState<'nothing' | 'glossary' | 'entry'>('nothing')
  const page = useItemPage({
    ...{ courseId, kind: 'glossary', refId: glossaryId, word: 'glossaries.glossary' },
    load: () => getGlossary(of),
    titleOf: ({ glossary }) => glossary.title,
    turn: useScope(glossaryScope, glossaryId).head.value,
  })
  if (!page.value)
    return (
      <ItemAway
        page={page}
        goneTitle="glossaries.goneTitle"
        goneDetail="glossaries.goneDetail"
        loadFailed="glossaries.loadFailed"
      />
    )
  const { reload, newest } = page
  const { glossary, mayChange, maySuggest, letters, suggested } = page.value
  return (
    <ItemPage
      page={page}
      title={glossary.title}
      actions={
        <>
          {mayChange && (
            <Button icon={Pencil} onClick={() => setOpen('glossary')}>
              {t('glossaries.edit')}
            </Button>
          )}
          {(mayChange || maySuggest) && (
            <Button kind="primary" icon={Plus} onClick={() => setOpen('entry')}>
              {t(mayChange ? 'glossaries.addEntry' : 'glossaries.suggestEntry')}
            </Button>
          )}
        </>
      }
      mayChange={mayChange}
      draft="glossaries.draft"
    >
      {glossary.intro && (
        <p class="reading glossary-intro" dir="auto">
          {glossary.intro}
        </p>
      )}
      {suggested > 0 && <Suggested of={of} turn={`${newest} ${suggested}`} mayChange={mayChange} onChanged={reload} />}
      <Entries of={of} turn={newest} letters={letters} mayChange={mayChange} onChanged={reload} />
      {open === 'glossary' && (
        <Dialog open onClose={() => setOpen('nothing')} title={t('glossaries.edit')}>
          <GlossaryForm
            words={glossary}
            save={t('glossaries.save')}
            onClose={() => setOpen('nothing')}
            onSave={async words => {
              await changeGlossary({ ...of, version: glossary.version, ...words })
              setOpen('nothing')
              reload()
            }}
          />
        </Dialog>
      )}
      {open === 'entry' && (
        <EntryDialog of={of} as={mayChange ? 'staff' : 'learner'} onClose={() => setOpen('nothing')} onSaved={reload} />
      )}
    </ItemPage>
  )
}

interface PartProps {
  readonly of: OfGlossary
  /** Another one where there may be something else to read. */
  readonly turn: string
  readonly mayChange: boolean
  readonly onChanged: () => void
}

function Suggested({ of, turn, mayChange, onChanged }: PartProps) {
  const {
    rows = [],
    more,
    busy,
    problem,
  } = usePages(`${of.glossaryId} ${turn}`, after =>
    listEntries({ ...of, state: 'suggested', ...(after ? { after } : {}) }),
  )
  const label = t(mayChange ? 'glossaries.suggested' : 'glossaries.suggestedMine')
  return (
    <Section title={label}>
      <p class="muted">{t('glossaries.suggestedLead')}</p>
      <EntryList of={of} label={label} entries={rows} mayChange={mayChange} onChanged={onChanged} />
      <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
    </Section>
  )
}

function Entries({ of, turn, letters, mayChange, onChanged }: PartProps & { readonly letters: Letters }) {
  const [search, setSearch] = useState('')
  const [letter, setLetter] = useState<string>()
  const [listing, setListing] = useState(false)
  const asked = useSettled(search.trim())
  const pages = usePages(`${of.glossaryId} ${turn} ${asked} ${letter ?? ''}`, after =>
    listEntries({
      ...of,
      ...(asked ? { search: asked } : {}),
      ...(letter ? { letter } : {}),
      ...(after ? { after } : {}),
    }),
  )
  const none = letters.length === 0
  return (
    <Section
      title={t('glossaries.entries')}
      actions={
        <>
          {!none && (
            <ButtonLink size="small" kind="quiet" href={entriesFile(of)} download="">
              {t('glossaries.download')}
            </ButtonLink>
          )}
          {mayChange && (
            <Button size="small" kind="quiet" onClick={() => setListing(true)}>
              {t('glossaries.listOpen')}
            </Button>
          )}
        </>
      }
    >
      <div class="stack">
        {!none && (
          <>
            <Field
              type="search"
              name="search"
              label={t('glossaries.find')}
              labelHidden
              placeholder={t('glossaries.find')}
              value={search}
              onValue={setSearch}
            />
            <fieldset class="glossary-letters">
              <legend class="visually-hidden">{t('glossaries.byLetter')}</legend>
              <button type="button" aria-pressed={letter === undefined} onClick={() => setLetter(undefined)}>
                {t('glossaries.allLetters')}
              </button>
              {letters.map(one => (
                <button
                  type="button"
                  key={one.letter}
                  aria-pressed={letter === one.letter}
                  aria-label={t('glossaries.withLetter', one)}
                  onClick={() => setLetter(letter === one.letter ? undefined : one.letter)}
                >
                  {one.letter}
                </button>
              ))}
            </fieldset>
          </>
        )}
        {pages.rows === undefined ? (
          pages.problem ? (
            <ErrorState
              title={t('glossaries.entriesFailed')}
              detail={problemWords(pages.problem)}
              requestId={pages.problem.requestId}
              onRetry={pages.reload}
            />
          ) : (
            <Skeleton form="rows" />
          )
        ) : pages.rows.length > 0 ? (
          <EntryList
            of={of}
            label={t('glossaries.entries')}
            entries={pages.rows}
            mayChange={mayChange}
            onChanged={onChanged}
          />
        ) : none ? (
          <EmptyState icon={BookA} title={t('glossaries.noEntries')}>
            {t('glossaries.noEntriesLead')}
          </EmptyState>
        ) : (
          <EmptyState icon={BookA} title={t('glossaries.noneFound')}>
            {t('glossaries.noneFoundLead')}
          </EmptyState>
        )}
        <ShowMore onMore={pages.more} busy={pages.busy} problem={pages.problem && problemWords(pages.problem)} />
        {listing && <WordListDialog of={of} onClose={() => setListing(false)} onChanged={onChanged} />}
      </div>
    </Section>
  )
}
