// The card of a word cloud: a field, and the words that were sent, each with a way to take it back. Every change is sent
// at once; the last word stays until another one replaces it.
import { Plus, X } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { longestWord, wordMark } from '#protocol/activities/words.ts'
import { tidyLine } from '#protocol/question-types/typed.ts'
import type { LearnerCardProps } from './kind.ts'
import './Words.css'

const wordsOf = (move: LearnerCardProps['move']): readonly string[] => (move && 'words' in move ? move.words : [])

/** The words of one person. */
export function WordsCard({ asked, phase, move, most = 3, onMove }: LearnerCardProps) {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const noteId = useId()
  const words = wordsOf(move)
  const open = phase === 'open'
  // One word alone is replaced by the next.
  const full = most > 1 && words.length >= most
  const add = () => {
    const word = tidyLine(typed)
    if (wordMark(word) === '' || full) return
    const twice = words.some(one => wordMark(one) === wordMark(word))
    setProblem(twice ? t('activities.wordTwice') : word.length > longestWord ? t('activities.wordLong') : undefined)
    if (twice || word.length > longestWord) return
    onMove({ words: most === 1 ? [word] : [...words, word] })
    setTyped('')
  }
  const note =
    problem ??
    (full
      ? t('activities.wordFull')
      : words.length > 0 && most > 1
        ? t('activities.wordLeft', { count: most - words.length })
        : undefined)
  return (
    <div class="words-card">
      {open && (
        <form
          class="words-line"
          onSubmit={event => {
            event.preventDefault()
            add()
          }}
        >
          <input
            class="field-input typed-input"
            dir="auto"
            value={typed}
            maxLength={longestWord + 20}
            autocomplete="off"
            enterKeyHint="send"
            disabled={full}
            aria-label={t('questions.answersTo', { prompt: asked.body.prompt })}
            aria-describedby={noteId}
            placeholder={full ? undefined : t('activities.wordField')}
            onInput={event => {
              setTyped(event.currentTarget.value)
              setProblem(undefined)
            }}
          />
          <Button type="submit" kind="primary" size="large" icon={Plus} disabled={full || wordMark(typed) === ''}>
            {most === 1 ? t('activities.wordSend') : t('activities.wordAdd')}
          </Button>
        </form>
      )}
      {open && (
        <p class="typed-note muted" id={noteId} role={problem ? 'alert' : undefined}>
          {note}
        </p>
      )}
      {words.length > 0 && (
        <ul class="words-own" aria-label={t('activities.wordYours', { count: words.length })}>
          {words.map(word => (
            <li class="words-chip" key={wordMark(word)}>
              <bdi>{word}</bdi>
              {open && words.length > 1 && (
                <button
                  type="button"
                  class="words-chip-remove"
                  aria-label={t('activities.wordRemove', { word })}
                  onClick={() => onMove({ words: words.filter(one => one !== word) })}
                >
                  <Icon as={X} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
