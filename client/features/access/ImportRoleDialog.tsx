// Takes a role from a file that was exported, here or elsewhere. What is not understood is named, and nothing is made.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { roleFile } from '#protocol/access.ts'
import { importRole } from './store.ts'

interface ImportRoleDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

function refusalOf(error: unknown): string {
  if (!(error instanceof ClientProblem) || error.code !== 'malformed') return problemWords(error)
  const unknown = error.errors.filter(one => one.code === 'unknown_capability').map(one => String(one.params?.name))
  return unknown.length > 0 ? t('access.importUnknown', { names: unknown.join(', ') }) : t('access.importBad')
}

async function readRole(file: File) {
  const parsed = roleFile.safeParse(await file.text().then(JSON.parse))
  if (!parsed.success) throw new SyntaxError('not a role')
  return parsed.data
}

export function ImportRoleDialog({ open, onClose }: ImportRoleDialogProps) {
  const { route: go } = useLocation()
  const [file, setFile] = useState<File>()
  const [refusal, setRefusal] = useState<string>()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (busy) return
    if (!file) return setRefusal(t('access.importNone'))
    setBusy(true)
    setRefusal(undefined)
    try {
      const { role } = await importRole({ file: await readRole(file) })
      showToast({ text: t('access.made', { name: role.name }) })
      onClose()
      go(pathTo('role', { role: role.key }))
    } catch (error) {
      setRefusal(error instanceof SyntaxError ? t('access.importBad') : refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open={open} onClose={onClose} title={t('access.importTitle')}>
      <Form onSubmit={() => void send()} problem={refusal}>
        <p class="muted">{t('access.importLead')}</p>
        <label class="role-file">
          <span class="field-label">{t('access.importFile')}</span>
          <input
            type="file"
            accept=".json,application/json"
            onChange={event => setFile(event.currentTarget.files?.[0])}
          />
        </label>
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('access.import')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
