// Erases somebody for good: says first what is kept, and asks for the name, because nothing brings it back.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { peopleRoutes, type SitePerson } from '#protocol/accounts/people.ts'
import { Kept } from './Kept.tsx'

interface EraseDialogProps {
  readonly person: SitePerson
  readonly onClose: () => void
  readonly onDone: () => void
}

export function EraseDialog({ person, onClose, onDone }: EraseDialogProps) {
  const { accountId, name } = person
  const preview = useLoad(accountId, () => request(peopleRoutes.previewErase, { accountId }))
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  const erase = async () => {
    if (busy) return
    if (typed.trim() !== name.trim()) return setProblem(t('people.eraseOther'))
    setBusy(true)
    try {
      await request(peopleRoutes.erase, { accountId, name: typed })
      showToast({ text: t('people.erased', { name }) })
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('people.eraseTitle', { name })}>
      <Form onSubmit={() => void erase()} errors={problem ? [{ name: 'name', message: problem }] : []}>
        <Banner tone="warn" title={t('people.eraseForGood')}>
          {t('people.eraseLead')}
        </Banner>
        {preview.value ? (
          <Kept parts={preview.value.kept} />
        ) : preview.problem ? (
          <ErrorState title={t('people.keptFailed')} detail={problemWords(preview.problem)} onRetry={preview.reload} />
        ) : (
          <Skeleton form="rows" count={3} />
        )}
        <Field
          name="name"
          label={t('people.eraseType', { name })}
          value={typed}
          onValue={setTyped}
          autocomplete="off"
          error={problem}
        />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="danger" busy={busy} disabled={!preview.value}>
            {t('people.erase')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
