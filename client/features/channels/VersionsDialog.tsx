// What an edited message said before, for its author and for staff.
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Message, MessageVersion } from '#protocol/channels.ts'

export type VersionsDialogProps = {
  readonly message: Message
  readonly read: (message: Message) => Promise<readonly MessageVersion[]>
  readonly onClose: () => void
}

/** Mounted while it is open; the newest words first. */
export function VersionsDialog({ message, read, onClose }: VersionsDialogProps) {
  const { value } = useLoad(`${message.id} ${message.version}`, () => read(message))
  const now = { version: message.version, text: message.text ?? '', at: message.editedAt ?? message.sentAt }
  return (
    <Dialog open onClose={onClose} title={t('channels.versionsTitle')}>
      {value ? (
        <ol class="versions">
          {[...value, now].reverse().map(one => (
            <li key={one.version}>
              <p class="muted">
                <Time at={one.at} form="dayAndTime" />
                {one.version === now.version && ` · ${t('channels.versionNow')}`}
              </p>
              <p class="message-text" dir="auto">
                {one.text}
              </p>
            </li>
          ))}
        </ol>
      ) : (
        <Skeleton form="text" />
      )}
    </Dialog>
  )
}
