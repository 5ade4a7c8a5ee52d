// Corrects what somebody is called, for whoever looks after accounts. It is told wherever the name stands, and taken back from
// its notice.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { longestName } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'

interface NameDialogProps {
  readonly person: { readonly accountId: AccountId; readonly name: string }
  readonly onClose: () => void
  /** Comes when the name is another, by this dialog or from its notice. */
  readonly onRenamed: () => void
}

export function NameDialog({ person: { accountId, name: first }, onClose, onRenamed }: NameDialogProps) {
  // Somebody may have corrected it meanwhile: then it goes on from theirs.
  const [was, setWas] = useState(first)
  const [name, setName] = useState(first)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<{ name: string; message: string }[]>([])
  const say = async () => {
    const wanted = name.trim()
    if (wanted === '') return setErrors([{ name: 'name', message: t('people.nameMissing') }])
    if (wanted === was) return onClose()
    setBusy(true)
    try {
      await request(peopleRoutes.renamePerson, { accountId, name: wanted, was })
      const back = async () => {
        try {
          await request(peopleRoutes.renamePerson, { accountId, name: was, was: wanted })
          onRenamed()
        } catch (error) {
          showToast({ text: problemWords(error), tone: 'bad' })
        }
      }
      showToast({ text: t('people.renamed', { was, name: wanted }), onUndo: () => void back() })
      onRenamed()
      onClose()
    } catch (error) {
      setBusy(false)
      if (error instanceof ClientProblem && error.code === 'conflict') {
        const now = String(error.params.current)
        setWas(now)
        setErrors([{ name: 'name', message: t('people.renamedMeanwhile', { name: now }) }])
      } else setErrors([{ name: 'name', message: problemWords(error) }])
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('people.rename')}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void say()}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => void say()} errors={errors}>
        <Field
          name="name"
          label={t('people.name')}
          hint={t('people.renameHint')}
          value={name}
          onValue={setName}
          maxLength={longestName}
          error={errors[0]?.message}
        />
      </Form>
    </Dialog>
  )
}
