// Which parts a token is opened to: each with what it may do there, in groups, searched.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'
import { isReadOnly, type TokenPart } from '#protocol/base/reach.ts'
import { type Chosen, partsByGroup, type Reach } from './token-parts.ts'

interface TokenPartsProps {
  /** Everything is chosen already: only what that does not hold is left to choose. */
  readonly aloneOnly: boolean
  readonly chosen: Chosen
  readonly onChosen: (chosen: Chosen) => void
}

export function TokenParts({ aloneOnly, chosen, onChosen }: TokenPartsProps) {
  const [words, setWords] = useState('')
  const groups = partsByGroup(aloneOnly ? '' : words, aloneOnly)
  const choose = (part: TokenPart, value: string) => {
    const { [part]: _, ...rest } = chosen
    onChosen(value === '' ? rest : { ...rest, [part]: value as Reach })
  }
  return (
    <div class="stack">
      {!aloneOnly && (
        <>
          <Field name="part" type="search" label={t('tokens.find')} value={words} onValue={setWords} />
          <p class="muted" role="status">
            {groups.length === 0 ? t('tokens.none') : t('tokens.chosen', { count: Object.keys(chosen).length })}
          </p>
        </>
      )}
      {groups.map(({ group, parts }) => (
        <fieldset key={group} class="token-parts">
          <legend class="field-label">{t(`tokens.group_${group}`)}</legend>
          {group === 'alone' && <p class="muted token-alone">{t('tokens.aloneLead')}</p>}
          {parts.map(part => (
            <Field
              key={part}
              name={part}
              type="select"
              label={t(`tokens.part_${part}`)}
              value={chosen[part] ?? ''}
              onValue={value => choose(part, value)}
              options={[
                { value: '', label: t('tokens.nothing') },
                { value: 'read', label: t('tokens.read') },
                ...(isReadOnly(part) ? [] : [{ value: 'write', label: t('tokens.write') }]),
              ]}
            />
          ))}
        </fieldset>
      ))}
    </div>
  )
}
