// The ways files come in: a button that opens the device's own choice (on a phone its camera is part of it), and a place
// to drop them on.
import { Upload } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import './files.css'

export interface PickFilesProps {
  readonly label: string
  readonly kind?: 'primary' | 'plain' | undefined
  /** Media types to offer, such as `image/*`; everything when left away. */
  readonly accept?: string | undefined
  readonly one?: boolean | undefined
  readonly onFiles: (files: readonly File[]) => void
}

export function PickFiles({ label, kind = 'plain', accept, one = false, onFiles }: PickFilesProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button kind={kind} icon={Upload} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label={label}
        multiple={!one}
        {...(accept === undefined ? {} : { accept })}
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])]
          // The same file can be picked again.
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}

const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** What is inside takes files that are dropped on it, and says so while they hang over it. */
export function DropPlace({
  onFiles,
  words = t('files.dropHere'),
  fits = false,
  class: name = '',
  children,
}: {
  readonly onFiles: (files: readonly File[]) => void
  readonly words?: string | undefined
  /** No larger than what is inside. */
  readonly fits?: boolean | undefined
  readonly class?: string | undefined
  readonly children: ComponentChildren
}) {
  const [over, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only a pointer drops things; the button beside it does the same.
    <div
      class={`drop-place ${name}`.trim()}
      data-fits={fits || undefined}
      data-over={over || undefined}
      onDragOver={event => {
        if (!carries(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={event => {
        if (!carries(event)) return
        event.preventDefault()
        setOver(false)
        onFiles([...(event.dataTransfer?.files ?? [])])
      }}
    >
      {children}
      {over && (
        <p class="drop-words" aria-hidden="true">
          {words}
        </p>
      )}
    </div>
  )
}
