// Asks before somebody is signed out on every device, and says what that ends and what it leaves.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { peopleRoutes, type SitePerson } from '#protocol/accounts/people.ts'

interface SignOutDialogProps {
  readonly person: SitePerson
  readonly onClose: () => void
  readonly onDone: () => void
}

export function SignOutDialog({ person: { accountId, name }, onClose, onDone }: SignOutDialogProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const signOut = async () => {
    if (busy) return
    setBusy(true)
    try {
      const { devices, tokens } = await request(peopleRoutes.signOutEverywhere, { accountId })
      const counts = { devices: devices.toLocaleString(locale), tokens: tokens.toLocaleString(locale) }
      showToast({ text: t('people.signedOut', { name, ...counts }) })
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('people.signOutSure', { name })}>
      <Form onSubmit={() => void signOut()} problem={problem}>
        <p>{t('people.signOutLead', { name })}</p>
        <p>{t('people.signOutThen', { name })}</p>
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" type="submit" busy={busy}>
            {t('people.signOut')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
