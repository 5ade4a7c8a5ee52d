// An entry as it is written: by staff in the editor of pages, by learners who suggest one as plain paragraphs.
import { useState } from 'preact/hooks'
import { WrittenText } from '#client/features/content/WrittenText.tsx'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { documentSchema, type PageDocument, plainText } from '#protocol/content/document.ts'
import { type GlossaryEntry, longestWord, mostNames } from '#protocol/glossaries.ts'
import { addEntry, changeEntry, type OfGlossary } from './store.ts'

const empty: PageDocument = { schema: documentSchema, content: [{ type: 'paragraph' }] }

/** Paragraphs as somebody typed them, parted by empty lines. */
const paragraphs = (typed: string): PageDocument => ({
  schema: documentSchema,
  content: typed
    .split(/\n\s*\n/)
    .filter(part => part.trim() !== '')
    .map(part => ({ type: 'paragraph', content: [{ type: 'text', text: part.trim() }] })),
})

const plainly = ({ schema, content }: PageDocument) => ({ schema, content: [...content] })

interface EntryDialogProps {
  readonly of: OfGlossary
  readonly as: 'staff' | 'learner'
  /** Without one, one is made. */
  readonly entry?: GlossaryEntry | undefined
  readonly onClose: () => void
  readonly onSaved: () => void
}

export function EntryDialog({ of, as, entry, onClose, onSaved }: EntryDialogProps) {
  const staff = as === 'staff'
  const [word, setWord] = useState(entry?.word ?? '')
  const [also, setAlso] = useState(entry?.names.join(', ') ?? '')
  const [document, setDocument] = useState<PageDocument>(entry?.document ?? empty)
  const [typed, setTyped] = useState(() => (entry ? plainText(entry.document) : ''))
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message

  const send = async () => {
    const names = also.split(/[,،;]/).flatMap(one => one.trim() || [])
    const meaning = staff ? document : paragraphs(typed)
    const wrong: FormError[] = []
    if (word.trim() === '') wrong.push({ name: 'word', message: t('glossaries.wordMissing') })
    if (names.length > mostNames || names.some(one => one.length > longestWord))
      wrong.push({ name: 'names', message: t('glossaries.namesWrong', { most: mostNames, letters: longestWord }) })
    if (plainText(meaning).trim() === '') wrong.push({ name: 'meaning', message: t('glossaries.meaningMissing') })
    setErrors(wrong)
    setProblem(undefined)
    if (wrong.length > 0) return
    setBusy(true)
    try {
      const words = { word, names, document: plainly(meaning) }
      if (entry) await changeEntry({ ...of, entryId: entry.id, version: entry.version, ...words })
      else await addEntry({ ...of, ...words })
      showToast({ text: t(staff || entry ? 'glossaries.entrySaved' : 'glossaries.entrySent', { word: word.trim() }) })
      onSaved()
      onClose()
    } catch (error) {
      const code = error instanceof ClientProblem ? error.code : undefined
      if (code === 'name-taken') setErrors([{ name: 'word', message: problemWords(error) }])
      else setProblem(code === 'conflict' ? t('glossaries.conflict') : problemWords(error))
      setBusy(false)
    }
  }
  const title = entry ? 'glossaries.changeEntry' : staff ? 'glossaries.addEntry' : 'glossaries.suggestEntry'
  return (
    <Dialog open wide onClose={onClose} title={t(title)}>
      <Form onSubmit={() => void send()} errors={errors} problem={problem}>
        <Field
          name="word"
          label={t('glossaries.word')}
          value={word}
          onValue={setWord}
          error={errorOf('word')}
          maxLength={longestWord}
          autoFocus
        />
        <Field
          name="names"
          label={t('glossaries.names')}
          hint={t('glossaries.namesHint')}
          optional
          value={also}
          onValue={setAlso}
          error={errorOf('names')}
        />
        {staff ? (
          <section class="stack-tight glossary-text" aria-label={t('glossaries.meaning')}>
            <p class="field-label" aria-hidden="true">
              {t('glossaries.meaning')}
            </p>
            <WrittenText
              courseId={of.courseId}
              title={t('glossaries.meaning')}
              document={document}
              onDocument={setDocument}
            />
            {errorOf('meaning') && <p class="field-error">{errorOf('meaning')}</p>}
          </section>
        ) : (
          <Field
            type="textarea"
            name="meaning"
            label={t('glossaries.meaning')}
            rows={6}
            value={typed}
            onValue={setTyped}
            error={errorOf('meaning')}
            maxLength={5_000}
          />
        )}
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t(staff || entry ? 'glossaries.saveEntry' : 'glossaries.sendEntry')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
