// Asks what an image shows, with the image in sight.
import { useState } from 'preact/hooks'
import { contentUrl } from '#client/features/files/store.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { nodesOf, type PageDocument } from '#protocol/content/document.ts'

interface DescribeDialogProps {
  readonly document: PageDocument
  readonly node: number
  readonly onGiven: (given: { alt: string; decorative: boolean }) => void
  readonly onClose: () => void
}

export function DescribeDialog({ document, node, onGiven, onClose }: DescribeDialogProps) {
  const image = [...nodesOf(document.content)][node]
  const [alt, setAlt] = useState(String(image?.attrs?.alt ?? ''))
  const [decorative, setDecorative] = useState(false)
  const [errors, setErrors] = useState<{ name: string; message: string }[]>([])
  const send = () => {
    if (decorative || alt.trim() !== '') onGiven({ alt: alt.trim(), decorative })
    else setErrors([{ name: 'alt', message: t('content.altMissing') }])
  }
  return (
    <Dialog open onClose={onClose} title={t('accessibility.describeTitle')}>
      <Form onSubmit={send} errors={errors}>
        <img class="findings-image" src={contentUrl(String(image?.attrs?.fileId ?? ''))} alt="" />
        <Field
          name="alt"
          label={t('content.alt')}
          hint={t('content.altHint')}
          value={alt}
          onValue={setAlt}
          maxLength={500}
          error={errors[0]?.message}
        />
        <Checkbox label={t('content.decorative')} checked={decorative} onChecked={setDecorative} />
        <FormActions>
          <Button kind="primary" type="submit">
            {t('accessibility.describe')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
