// The host's side of a word cloud: every word with how often it came, and what may be done about it. What is hidden stays
// in the list, said by a word, with the way back.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import type { ActivityHostView } from '#protocol/activities/registry.ts'
import { partsOf, wordMark } from '#protocol/activities/words.ts'
import type { HostBoardProps } from './kind.ts'
import './Words.css'

type CloudView = Extract<ActivityHostView, { kind: 'word-cloud' }>

/** How a word stands by what hosts decided; the same rule as the server's. */
export function wordStand({ moderated, moderation }: CloudView, word: string): 'seen' | 'waits' | 'hidden' {
  const mark = wordMark(word)
  const parts = ` ${partsOf(mark).join(' ')} `
  const banned = moderation.banned.some(one => parts.includes(` ${partsOf(one).join(' ')} `))
  if (banned || moderation.hidden.includes(mark)) return 'hidden'
  return !moderated || moderation.shown.includes(mark) ? 'seen' : 'waits'
}

const order = { waits: 0, seen: 1, hidden: 2 } as const

/** The list of words. */
export function WordsModeration({
  view,
  tally,
  onSteer,
}: Pick<HostBoardProps, 'tally' | 'onSteer'> & { readonly view: CloudView }) {
  const [merging, setMerging] = useState<string | undefined>(undefined)
  const itemId = view.item?.id
  if (!itemId) return null
  const words = Object.entries(tally.counts)
    .map(([word, count]) => ({ word, count, stand: wordStand(view, word) }))
    .sort((a, b) => order[a.stand] - order[b.stand] || b.count - a.count || (a.word < b.word ? -1 : 1))
  const merged = Object.entries(view.moderation.merged)
  if (words.length === 0 && merged.length === 0) return <p class="muted">{t('activities.hostNoWords')}</p>
  return (
    <section class="words-host" aria-label={t('activities.hostWords')}>
      {merging !== undefined && (
        <div class="words-merging" role="status">
          <p>{t('activities.wordMergeChoose', { word: merging })}</p>
          <Button size="small" kind="quiet" onClick={() => setMerging(undefined)}>
            {t('ui.cancel')}
          </Button>
        </div>
      )}
      <ul class="words-list">
        {words.map(({ word, count, stand }) => {
          const mark = wordMark(word)
          return (
            <li class="words-row" key={mark} data-stand={stand}>
              <span class="words-row-word">
                <bdi>{word}</bdi> <span class="muted figures">{count}</span>
                {stand === 'hidden' && <Badge>{t('activities.wordHidden')}</Badge>}
                {stand === 'waits' && <Badge tone="accent">{t('activities.wordWaits')}</Badge>}
              </span>
              {merging !== undefined ? (
                wordMark(merging) !== mark && (
                  <Button
                    size="small"
                    aria-label={t('activities.wordMergeHereNamed', { word: merging, into: word })}
                    onClick={() => {
                      onSteer({ do: 'merge', itemId, mark: wordMark(merging), into: mark })
                      setMerging(undefined)
                    }}
                  >
                    {t('activities.wordMergeHere')}
                  </Button>
                )
              ) : (
                <span class="words-row-acts">
                  {stand === 'waits' && (
                    <Button
                      size="small"
                      kind="primary"
                      aria-label={t('activities.wordLetInNamed', { word })}
                      onClick={() => onSteer({ do: 'show', itemId, mark })}
                    >
                      {t('activities.wordLetIn')}
                    </Button>
                  )}
                  {stand === 'hidden' ? (
                    <Button
                      size="small"
                      aria-label={t('activities.wordShowNamed', { word })}
                      onClick={() => onSteer({ do: 'show', itemId, mark })}
                    >
                      {t('activities.wordShow')}
                    </Button>
                  ) : (
                    <Button
                      size="small"
                      aria-label={t('activities.wordHideNamed', { word })}
                      onClick={() => onSteer({ do: 'hide', itemId, mark })}
                    >
                      {t('activities.wordHide')}
                    </Button>
                  )}
                  <Menu
                    label={t('activities.wordMore', { word })}
                    items={[
                      {
                        label: t('activities.wordMerge'),
                        onSelect: () => setMerging(word),
                        disabled: words.length < 2,
                      },
                      {
                        label: t('activities.wordBan'),
                        kind: 'danger',
                        onSelect: () => onSteer({ do: 'ban', itemId, mark }),
                        disabled: stand === 'hidden',
                      },
                    ]}
                  />
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {merged.length > 0 && (
        <div class="stack-tight">
          <h3 class="words-apart">{t('activities.wordsApart')}</h3>
          <ul class="words-list">
            {merged.map(([word, into]) => (
              <li class="words-row" key={word}>
                <span class="words-row-word">{t('activities.wordMerged', { word, into })}</span>
                <Button
                  size="small"
                  aria-label={t('activities.wordUnmerge', { word })}
                  onClick={() => onSteer({ do: 'show', itemId, mark: word })}
                >
                  {t('ui.undo')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
