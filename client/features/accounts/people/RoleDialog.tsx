// Asks before somebody becomes an administrator or stops being one, and says what that means: it is never one tap away.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { peopleRoutes, type SitePerson } from '#protocol/accounts/people.ts'
import { roleWord } from './words.ts'

interface RoleDialogProps {
  readonly person: SitePerson
  readonly onClose: () => void
  readonly onDone: () => void
  /** Comes when the role is what it was, from the notice. */
  readonly onChanged: () => void
}

export function RoleDialog({ person: { accountId, name, siteRole }, onClose, onDone, onChanged }: RoleDialogProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const taken = siteRole === 'administrator'
  const next = taken ? 'member' : 'administrator'
  const change = async () => {
    if (busy) return
    setBusy(true)
    try {
      const change = (to: typeof next) => request(peopleRoutes.changeSiteRole, { accountId, siteRole: to })
      await change(next)
      const back = () =>
        change(taken ? 'administrator' : 'member').then(onChanged, (error: unknown) =>
          showToast({ text: problemWords(error), tone: 'bad' }),
        )
      showToast({ text: t('people.roleChanged', { name, role: roleWord(next) }), onUndo: () => void back() })
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(taken ? 'people.makeMemberSure' : 'people.makeAdministratorSure', { name })}
    >
      <Form onSubmit={() => void change()} problem={problem}>
        <p>{t(taken ? 'people.makeMemberLead' : 'people.makeAdministratorLead', { name })}</p>
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind={taken ? 'danger' : 'primary'} type="submit" busy={busy}>
            {t(taken ? 'people.takeRole' : 'people.makeAdministrator')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
