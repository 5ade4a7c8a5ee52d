// Brings words into a glossary from a list, such as the file another glossary was taken away as.
import { ListDialog } from '#client/features/imports/ListDialog.tsx'
import { t } from '#client/platform/texts.ts'
import type { EntryListRow, EntryRowError } from '#protocol/glossaries/list.ts'
import { bringInWords, type OfGlossary, takeOutMany } from './store.ts'

const errorTexts = {
  'no-word': 'glossaries.rowNoWord',
  'bad-word': 'glossaries.rowBadWord',
  'bad-names': 'glossaries.rowBadNames',
  'no-meaning': 'glossaries.rowNoMeaning',
  'long-meaning': 'glossaries.rowLongMeaning',
  twice: 'glossaries.rowTwice',
  'too-many': 'glossaries.rowTooMany',
} as const satisfies Record<EntryRowError, string>

const listed = ({ line, word, outcome, error }: EntryListRow) => ({
  line,
  what: word,
  outcome,
  why: error ? t(errorTexts[error]) : t(outcome === 'add' ? 'glossaries.listAdd' : 'glossaries.listThere'),
})

interface WordListDialogProps {
  readonly of: OfGlossary
  readonly onClose: () => void
  readonly onChanged: () => void
}

export function WordListDialog({ of, onClose, onChanged }: WordListDialogProps) {
  return (
    <ListDialog
      title={t('glossaries.list')}
      lead={t('glossaries.listLead')}
      what={t('glossaries.word')}
      columnWords={{ word: 'word', meaning: 'meaning' }}
      tryList={async list => {
        const { rows, unused } = await bringInWords({ ...of, list, how: 'try' })
        return { rows: rows.map(listed), unused }
      }}
      bringIn={async list => {
        const { made: entryIds } = await bringInWords({ ...of, list, how: 'good ones' })
        return {
          done: t('glossaries.listDone', { count: entryIds.length }),
          undo: async () => {
            const count = entryIds.length === 0 ? 0 : (await takeOutMany({ ...of, entryIds })).takenOut
            return t('glossaries.listUndone', { count })
          },
        }
      }}
      goWords={count => t('glossaries.listGo', { count })}
      onClose={onClose}
      onChanged={onChanged}
    />
  )
}
