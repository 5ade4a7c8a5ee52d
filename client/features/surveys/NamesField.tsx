// Whether people answer with their names, with what that means for them.
import { t } from '#client/platform/texts.ts'
import { RadioGroup } from '#client/ui/Choice.tsx'

interface NamesFieldProps {
  readonly anonymous: boolean
  readonly onAnonymous: (anonymous: boolean) => void
  /** What was promised stays. */
  readonly fixed?: boolean | undefined
}

export function NamesField({ anonymous, onAnonymous, fixed = false }: NamesFieldProps) {
  return (
    <RadioGroup
      label={t('surveys.names')}
      name="names"
      value={anonymous ? 'anonymous' : 'named'}
      onValue={value => onAnonymous(value === 'anonymous')}
      options={[
        {
          value: 'anonymous',
          label: t('surveys.anonymous'),
          hint: t('surveys.anonymousHint'),
          disabled: fixed && !anonymous,
        },
        { value: 'named', label: t('surveys.named'), hint: t('surveys.namedHint'), disabled: fixed && anonymous },
      ]}
    />
  )
}
