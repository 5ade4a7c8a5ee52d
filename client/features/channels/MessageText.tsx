// The words of a message on the screen: plain text, with links that say where they lead and names that stand out.
import type { Mention } from '#protocol/channels.ts'
import { partsOf } from './words.ts'

export type MessageTextProps = {
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly meId: string
}

/** To be put into a paragraph. */
export function MessageText({ text, mentions, meId }: MessageTextProps) {
  return (
    <>
      {partsOf(text, mentions).map((part, index) =>
        part.is === 'link' ? (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : part.is === 'name' ? (
          <span key={index} class="message-name" data-me={part.accountId === meId || undefined}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </>
  )
}
