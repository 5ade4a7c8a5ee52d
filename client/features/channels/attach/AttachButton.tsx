// The paperclip: opens the device's own choice; on a phone its camera is part of it.
import { Paperclip } from 'lucide-preact'
import { useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { mostAttachments } from '#protocol/channels/attachments.ts'
import type { Attach } from './attaching.ts'

/** Nothing where the reader may not send files. */
export function AttachButton({ attach }: { readonly attach: Attach | undefined }) {
  const input = useRef<HTMLInputElement>(null)
  if (!attach?.may) return null
  const full = attach.attaching.items.value.length >= mostAttachments
  return (
    <>
      <IconButton
        icon={Paperclip}
        label={full ? t('channels.mostFiles', { count: mostAttachments }) : t('channels.attach')}
        disabled={full}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])]
          // The same file can be picked again.
          event.currentTarget.value = ''
          attach.attaching.add(files)
        }}
      />
    </>
  )
}
