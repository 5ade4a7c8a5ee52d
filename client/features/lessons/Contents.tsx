// The pages of a lesson that is a book, or is open in any order: which the reader has been on, and where they are.
import { Check, MapPin } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import type { Shown } from './store.ts'

interface ContentsProps {
  readonly contents: Shown['contents']
  readonly at: string | undefined
  readonly been: ReadonlySet<string>
  /** Absent where pages are come to by choices alone. */
  readonly onJump?: ((pageId: string) => void) | undefined
}

export function Contents({ contents, at, been, onJump }: ContentsProps) {
  if (contents.length < 2) return null
  return (
    <details class="lesson-contents" open={at === undefined || matchMedia('(min-width: 48rem)').matches}>
      <summary>{t('lessons.contents')}</summary>
      <ol aria-label={t('lessons.contents')}>
        {contents.map(({ id, title }) => {
          const here = id === at
          const words = (
            <>
              <span>{inOwnDirection(title)}</span>
              {here ? (
                <Icon as={MapPin} label={t('lessons.here')} />
              ) : (
                been.has(id) && <Icon as={Check} label={t('lessons.been')} />
              )}
            </>
          )
          return (
            <li key={id} aria-current={here ? 'step' : undefined}>
              {onJump && !here ? (
                <button type="button" onClick={() => onJump(id)}>
                  {words}
                </button>
              ) : (
                <span class="lesson-content">{words}</span>
              )}
            </li>
          )
        })}
      </ol>
    </details>
  )
}

/** "Page 2 of 5", where a lesson is a book. */
export function placeIn(contents: Shown['contents'], pageId: string | undefined): string | undefined {
  const at = contents.findIndex(one => one.id === pageId)
  return at < 0 ? undefined : t('lessons.pageOf', { number: at + 1, count: contents.length })
}
