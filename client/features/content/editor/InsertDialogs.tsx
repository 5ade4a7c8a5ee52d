// What is asked before a picture, a file, a formula or a player stands in a page. A picture's words are asked for, since
// they are its place for who does not see it.
import { useState } from 'preact/hooks'
import { formIcon } from '#client/features/files/icons.ts'
import { PickFiles } from '#client/features/files/PickFiles.tsx'
import { contentUrl, listFiles } from '#client/features/files/store.ts'
import { uploadFiles } from '#client/features/files/uploads.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { embedOf } from '#protocol/content/embeds.ts'
import type { File as CourseFile } from '#protocol/files.ts'
import { Formula } from '../Formula.tsx'

/** What a thing says that stands there already. */
type Now = { readonly [name: string]: unknown }

const wordsOf = (now: Now | undefined, name: string): string => {
  const said = now?.[name]
  return typeof said === 'string' ? said : ''
}

interface InsertProps {
  /** What it says now, where it is changed; left out where it is new. */
  readonly now?: Now | undefined
  readonly onClose: () => void
  readonly onNode: (node: { readonly type: string; readonly attrs: { readonly [name: string]: unknown } }) => void
}

interface FileDialogProps extends InsertProps {
  readonly courseId: string
  readonly what: 'image' | 'file'
  readonly title: string
}

/** A picture or another file: brought in now, or one the course has. */
export function FileDialog({ courseId, what, onClose, onNode }: FileDialogProps) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<CourseFile>()
  const { value, problem, reload } = useLoad(`${what} ${search}`, () =>
    listFiles({
      courseId,
      limit: 50,
      // A search, and a kind of file, look into every folder.
      ...(search.trim() === '' ? {} : { search }),
      ...(what === 'image' ? { form: 'image' as const } : {}),
    }),
  )
  const take = (file: CourseFile) => {
    if (what === 'image') setChosen(file)
    else onNode({ type: 'courseFile', attrs: { fileId: file.id, name: file.name, form: file.form } })
  }
  if (chosen) return <AltDialog fileId={chosen.id} onClose={onClose} onNode={onNode} />
  const files = value?.items.filter(one => one.kind === 'file') ?? []
  return (
    <Dialog open onClose={onClose} title={what === 'image' ? t('content.imageTitle') : t('content.fileTitle')}>
      <div class="stack">
        <PickFiles
          one
          kind="primary"
          label={t('content.fromDevice')}
          accept={what === 'image' ? 'image/*' : undefined}
          onFiles={picked => uploadFiles(picked, { courseId, onDone: take })}
        />
        <Field type="search" name="search" label={t('files.search')} value={search} onValue={setSearch} />
        {!value && problem && (
          <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
        )}
        {!value && !problem && <Skeleton form="rows" />}
        {value && files.length === 0 && <p class="muted">{t('content.noFiles')}</p>}
        {files.length > 0 && (
          <List label={t('files.title')}>
            {files.map(file => (
              <Row
                key={file.id}
                start={<Icon as={formIcon(file.form)} size={20} />}
                title={file.name}
                onPress={() => take(file)}
              />
            ))}
          </List>
        )}
      </div>
    </Dialog>
  )
}

/** What a picture shows, in words. */
export function AltDialog({ fileId, now, onClose, onNode }: InsertProps & { readonly fileId: string }) {
  const [alt, setAlt] = useState(() => wordsOf(now, 'alt'))
  const [decorative, setDecorative] = useState(now?.decorative === true)
  const [missing, setMissing] = useState(false)
  const send = () => {
    if (!decorative && alt.trim() === '') setMissing(true)
    else onNode({ type: 'image', attrs: { fileId, alt: decorative ? '' : alt.trim(), decorative } })
  }
  const error = missing ? t('content.altMissing') : undefined
  return (
    <Dialog open onClose={onClose} title={t('content.altTitle')}>
      <Form onSubmit={send} errors={error === undefined ? [] : [{ name: 'alt', message: error }]}>
        <img class="alt-image" src={contentUrl(fileId)} alt="" />
        <Field
          name="alt"
          label={t('content.alt')}
          hint={t('content.altHint')}
          value={alt}
          onValue={setAlt}
          error={error}
          disabled={decorative}
          maxLength={500}
          autoFocus
        />
        <Checkbox name="decorative" label={t('content.decorative')} checked={decorative} onChecked={setDecorative} />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit">
            {t(now ? 'content.change' : 'content.insert')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

/** TeX, drawn as it is typed. */
export function FormulaDialog({ what, now, onClose, onNode }: InsertProps & { readonly what: 'math' | 'mathBlock' }) {
  const [tex, setTex] = useState(() => wordsOf(now, 'tex'))
  const send = () => {
    if (tex.trim() !== '') onNode({ type: what, attrs: { tex: tex.trim() } })
  }
  return (
    <Dialog open onClose={onClose} title={t(now ? 'content.mathChange' : 'content.mathTitle')}>
      <Form onSubmit={send} errors={[]}>
        <Field
          name="tex"
          label={t('content.tex')}
          hint={t('content.texHint')}
          value={tex}
          onValue={setTex}
          maxLength={1_000}
          autoFocus
        />
        {tex.trim() !== '' && (
          <p class="formula-preview">
            <Formula tex={tex} display={what === 'math' ? 'inline' : 'block'} />
          </p>
        )}
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit">
            {t(now ? 'content.change' : 'content.insert')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

/** A film or drawing of one of the sites on the list. */
export function EmbedDialog({ now, onClose, onNode }: InsertProps) {
  const [address, setAddress] = useState(() => wordsOf(now, 'address'))
  const [title, setTitle] = useState(() => wordsOf(now, 'title'))
  const [wrong, setWrong] = useState(false)
  const send = () => {
    if (embedOf(address)) onNode({ type: 'embed', attrs: { address: address.trim(), title: title.trim() } })
    else setWrong(true)
  }
  const error = wrong ? t('content.embedWrong') : undefined
  return (
    <Dialog open onClose={onClose} title={t(now ? 'content.embedChange' : 'content.embedTitle')}>
      <Form onSubmit={send} errors={error === undefined ? [] : [{ name: 'address', message: error }]}>
        <Field
          name="address"
          label={t('content.embedAddress')}
          hint={t('content.embedHint')}
          value={address}
          onValue={setAddress}
          error={error}
          autoFocus
        />
        <Field name="title" label={t('content.embedName')} value={title} onValue={setTitle} maxLength={200} optional />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit">
            {t(now ? 'content.change' : 'content.insert')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
