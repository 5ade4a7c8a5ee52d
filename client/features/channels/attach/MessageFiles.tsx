// The files of a message: pictures as they are, their place kept until they come; everything else by its name, kind and
// size. Each opens on a page of its own or is saved.
import { Download } from 'lucide-preact'
import { formIcon } from '#client/features/files/icons.ts'
import { formWord, sizeWords } from '#client/features/files/store.ts'
import { requestOf } from '#client/platform/call.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { attachmentRoutes } from '#protocol/channels/attachment-routes.ts'
import type { Attachment } from '#protocol/channels/attachments.ts'
import { broughtAs } from './attaching.ts'
import './attach.css'

const urlOf = ({ id }: Attachment, as: 'inline' | 'attachment') =>
  requestOf(attachmentRoutes.attachmentContent, { attachmentId: id, as }).url

/** Nothing where there are none. */
export function MessageFiles({ files }: { readonly files: readonly Attachment[] | undefined }) {
  if (!files || files.length === 0) return null
  const pictures = files.filter(one => one.form === 'image')
  const others = files.filter(one => one.form !== 'image')
  return (
    <div class="files-of">
      {pictures.length > 0 && (
        <ul class="pictures-of" data-many={pictures.length > 1 || undefined}>
          {pictures.map(one => (
            <li key={one.id}>
              <Picture file={one} alone={pictures.length === 1} />
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul class="rows-of">
          {others.map(one => (
            <li key={one.id}>
              <FileLine file={one} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Dots at most that one picture takes across and down, where there is room. */
const most = { across: 320, down: 256 } as const

/** How large a picture is shown: as it is, or smaller. */
function sizeOf({ width, height }: Attachment) {
  if (width === null || height === null) return {}
  const scale = Math.min(1, most.across / width, most.down / height)
  return { width, height, style: { inlineSize: `${Math.round(width * scale)}px`, aspectRatio: `${width} / ${height}` } }
}

function Picture({ file, alone }: { readonly file: Attachment; readonly alone: boolean }) {
  const { name } = file
  return (
    <a class="picture-of" href={urlOf(file, 'inline')} target="_blank" rel="noopener" title={name}>
      <img
        src={urlOf(file, 'inline')}
        alt={t('channels.pictureNamed', { name })}
        loading="lazy"
        decoding="async"
        {...(alone ? sizeOf(file) : {})}
      />
    </a>
  )
}

function FileLine({ file }: { readonly file: Attachment }) {
  const { name, form, size } = file
  const opens = form === 'pdf' || form === 'audio' || form === 'video' || form === 'text'
  return (
    <a
      class="file-of"
      href={urlOf(file, opens ? 'inline' : 'attachment')}
      {...(opens ? { target: '_blank', rel: 'noopener' } : { download: name })}
    >
      <Icon as={formIcon(form)} size={20} />
      <span class="file-of-about">
        <span class="file-of-name">
          <bdi>{name}</bdi>
        </span>
        <span class="file-of-detail muted">
          {formWord(form)}, {sizeWords(size)}
        </span>
      </span>
      {!opens && <Icon as={Download} />}
    </a>
  )
}

/** The files of a message that is not there yet, as far as this page brought them. */
export function FilesOnTheWay({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return null
  const known = ids.map(id => ({ id, ...broughtAs(id) }))
  return (
    <ul class="rows-of">
      {known.map(({ id, name, form = 'other', preview }) => (
        <li key={id} class="file-of">
          {preview ? <img class="attach-picture" src={preview} alt="" /> : <Icon as={formIcon(form)} size={20} />}
          <span class="file-of-name">
            <bdi>{name ?? t('channels.fileOnItsWay')}</bdi>
          </span>
        </li>
      ))}
    </ul>
  )
}
