// Sets up a server of meetings. Its secret is typed and never comes back.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { type MeetingServer, serverAddress, serverKind, serverKinds } from '#protocol/meetings/servers.ts'
import { changeServer, createServer } from './store.ts'

export const kindWords = { jitsi: 'meetings.kindJitsi', bigbluebutton: 'meetings.kindBigbluebutton' } as const
const hints = { jitsi: 'meetings.hintJitsi', bigbluebutton: 'meetings.hintBigbluebutton' } as const

interface ServerDialogProps {
  /** Without one, one is added. */
  readonly server?: MeetingServer | undefined
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Open while it is mounted. */
export function ServerDialog({ server, onClose, onDone }: ServerDialogProps) {
  const [name, setName] = useState(server?.name ?? '')
  const [kind, setKind] = useState(server?.kind ?? serverKinds[0])
  const [address, setAddress] = useState(server?.address ?? '')
  const [appId, setAppId] = useState(server?.appId ?? '')
  const [secret, setSecret] = useState('')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const errorAt = (field: string) => errors.find(one => one.name === field)?.message

  const send = async () => {
    const typed = address.trim()
    const wrong: FormError[] = []
    if (name.trim() === '') wrong.push({ name: 'name', message: t('meetings.serverNameMissing') })
    if (!serverAddress.safeParse(typed).success)
      wrong.push({ name: 'address', message: t('meetings.serverAddressWrong') })
    if (kind === 'jitsi' && appId.trim() === '') wrong.push({ name: 'appId', message: t('meetings.appIdMissing') })
    if (secret.trim() === '' && typed !== server?.address)
      wrong.push({ name: 'secret', message: server ? t('meetings.secretAgain') : t('meetings.secretMissing') })
    setErrors(wrong)
    setProblem(undefined)
    if (wrong.length > 0) return
    setBusy(true)
    try {
      const words = { name, address: typed, appId: kind === 'jitsi' ? appId : '' }
      if (server)
        await changeServer({
          ...{ serverId: server.id, version: server.version, ...words },
          ...(secret.trim() === '' ? {} : { secret }),
        })
      else await createServer({ ...words, kind, secret })
      onDone()
      onClose()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={server ? t('meetings.changeServer') : t('meetings.addServer')}>
      <Form onSubmit={() => void send()} errors={errors} problem={problem}>
        <Field
          name="name"
          label={t('meetings.serverName')}
          hint={t('meetings.serverNameHint')}
          value={name}
          onValue={setName}
          error={errorAt('name')}
          maxLength={100}
          autoFocus
        />
        {!server && (
          <Field
            type="select"
            name="kind"
            label={t('meetings.serverKind')}
            value={kind}
            onValue={value => setKind(serverKind.parse(value))}
            options={serverKinds.map(one => ({ value: one, label: t(kindWords[one]) }))}
          />
        )}
        <Field
          name="address"
          label={t('meetings.serverAddress')}
          hint={t(hints[kind])}
          inputMode="url"
          value={address}
          onValue={setAddress}
          error={errorAt('address')}
          maxLength={2_000}
        />
        {kind === 'jitsi' && (
          <Field
            name="appId"
            label={t('meetings.appId')}
            hint={t('meetings.appIdHint')}
            autocomplete="off"
            value={appId}
            onValue={setAppId}
            error={errorAt('appId')}
            maxLength={200}
          />
        )}
        <Field
          type="password"
          name="secret"
          label={t('meetings.secret')}
          hint={server ? t('meetings.secretKept') : t('meetings.secretHint')}
          autocomplete="new-password"
          value={secret}
          onValue={setSecret}
          error={errorAt('secret')}
          maxLength={500}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {server ? t('meetings.save') : t('meetings.addServer')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
