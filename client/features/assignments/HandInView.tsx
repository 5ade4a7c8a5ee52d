// One hand-in as it came: its text as it was typed and its files, each shown where it stands.
import { ChevronDown, ChevronUp, Download } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { formIcon } from '#client/features/files/icons.ts'
import { BytesPreview } from '#client/features/files/Preview.tsx'
import '#client/features/files/files.css'
import { t } from '#client/platform/texts.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import type { HandIn, SubmissionFile } from '#protocol/assignments/submissions.ts'
import { fileUrl } from './store.ts'
import { sizeWords, wordCount } from './words.ts'

interface HandInViewProps {
  readonly handIn: HandIn
  /** Files are shown at once, as those who mark read them. */
  readonly open?: boolean | undefined
}

export function HandInView({ handIn: { text, files }, open = false }: HandInViewProps) {
  return (
    <div class="stack">
      {text.trim() !== '' && (
        <section class="stack-tight" aria-label={t('assignments.textTitle')}>
          <div class="work-text reading" dir="auto">
            {text}
          </div>
          <p class="muted figures">{t('assignments.words', { count: wordCount(text) })}</p>
        </section>
      )}
      {files.length > 0 && (
        <ul class="work-files" aria-label={t('assignments.filesTitle')}>
          {files.map((file, at) => (
            <Handed key={file.id} file={file} open={open && at === 0} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Handed({ file, open }: { readonly file: SubmissionFile; readonly open: boolean }) {
  const [shown, setShown] = useState(open && file.form !== 'other')
  const { id, name, form, size } = file
  const bytes = { name, form, size, src: fileUrl(id, 'inline'), saveAs: fileUrl(id, 'attachment') }
  return (
    <li class="work-file-whole">
      <div class="work-file">
        <Icon as={formIcon(form)} size={20} />
        <span class="work-file-name" dir="auto">
          {name}
        </span>
        <span class="muted figures">{sizeWords(size)}</span>
        {form !== 'other' && (
          <IconButton
            icon={shown ? ChevronUp : ChevronDown}
            label={t(shown ? 'assignments.hide' : 'assignments.show', { name })}
            onClick={() => setShown(!shown)}
          />
        )}
        <ButtonLink size="small" kind="quiet" icon={Download} href={bytes.saveAs} download="">
          <span class="visually-hidden">{t('assignments.saveFile', { name })}</span>
        </ButtonLink>
      </div>
      {shown && <BytesPreview bytes={bytes} />}
    </li>
  )
}
