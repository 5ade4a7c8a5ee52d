// The paperclip: opens the device's own choice; on a phone its camera is part of it.
import { Paperclip } from 'lucide-preact'
import { useRef } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { mostAttachments } from '#protocol/channels/attachments.ts'
import type { Attach } from './attaching.ts'

export type AttachButtonProps = {
  readonly attach: Attach | undefined
  /** With its words beside it, where there is room. */
  readonly named?: boolean | undefined
}

/** Nothing where the reader may not send files. */
export function AttachButton({ attach, named = false }: AttachButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  if (!attach?.may) return null
  const full = attach.attaching.items.value.length >= mostAttachments
  const label = full ? t('channels.mostFiles', { count: mostAttachments }) : t('channels.attach')
  return (
    <>
      {named ? (
        <Button size="small" icon={Paperclip} disabled={full} onClick={() => input.current?.click()}>
          {label}
        </Button>
      ) : (
        <IconButton icon={Paperclip} label={label} disabled={full} onClick={() => input.current?.click()} />
      )}
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
