// How many files an assignment takes, how large, and of which kinds.
import { formWord } from '#client/features/files/store.ts'
import { t } from '#client/platform/texts.ts'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Field } from '#client/ui/Field.tsx'
import { mostSubmissionFiles } from '#protocol/assignments.ts'
import { fileForm } from '#protocol/files.ts'
import type { Typed } from './AssignmentForm.tsx'
import { sizeWords } from './words.ts'

const sizes = [10, 25, 100, 500, 1000].map(megabytes => megabytes * 1000 ** 2)

interface FilesTakenProps {
  readonly typed: Typed
  readonly set: (part: Partial<Typed>) => void
  readonly errorOf: (name: string) => string | undefined
}

/** The fields, while files are taken. */
export function FilesTaken({ typed, set, errorOf }: FilesTakenProps) {
  const largest = [...new Set([...sizes, Number(typed.largest)])].sort((a, b) => a - b)
  return (
    <>
      <div class="assignment-times">
        <Field
          type="number"
          name="most"
          label={t('assignments.mostFiles')}
          value={typed.most}
          onValue={most => set({ most })}
          error={errorOf('most')}
          min={1}
          max={mostSubmissionFiles}
        />
        <Field
          type="select"
          name="largest"
          label={t('assignments.largest')}
          value={typed.largest}
          onValue={to => set({ largest: to })}
          options={largest.map(size => ({ value: String(size), label: sizeWords(size) }))}
        />
      </div>
      <Field
        type="select"
        name="kinds"
        label={t('assignments.kinds')}
        value={typed.kinds}
        onValue={kinds => set({ kinds: kinds === 'some' ? 'some' : 'any' })}
        error={errorOf('kinds')}
        options={[
          { value: 'any', label: t('assignments.anyKind') },
          { value: 'some', label: t('assignments.someKinds') },
        ]}
      />
      {typed.kinds === 'some' && (
        <fieldset class="choice-group assignment-kinds">
          <legend class="visually-hidden">{t('assignments.someKinds')}</legend>
          {fileForm.options.map(form => (
            <Checkbox
              key={form}
              label={formWord(form)}
              checked={typed.forms.includes(form)}
              onChecked={on => set({ forms: on ? [...typed.forms, form] : typed.forms.filter(one => one !== form) })}
            />
          ))}
        </fieldset>
      )}
    </>
  )
}
