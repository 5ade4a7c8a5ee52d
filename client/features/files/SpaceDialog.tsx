// How much room a course has for files: changed by who manages the site, with what is used in sight.
import { useState } from 'preact/hooks'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { FileSpace } from '#protocol/files.ts'
import { attempt, changeSpace, sizeWords } from './store.ts'

const gigabyte = 1000 ** 3
/** The most a course can be given, in gigabytes. */
const mostGigabytes = 100_000

interface SpaceDialogProps {
  readonly courseId: string
  readonly space: FileSpace
  readonly onClose: () => void
  readonly onChanged: () => void
}

/** Mounted while it is open. */
export function SpaceDialog({ courseId, space, onClose, onChanged }: SpaceDialogProps) {
  const [gigabytes, setGigabytes] = useState(String(Math.round((space.limit / gigabyte) * 1000) / 1000))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const limit = Math.round(Number(gigabytes) * gigabyte)
  const fits = gigabytes.trim() !== '' && Number.isFinite(limit) && limit >= 0 && limit <= mostGigabytes * gigabyte

  const send = async () => {
    if (!fits) return setError(t('files.spaceWrong', { most: mostGigabytes }))
    if (limit === space.limit) return onClose()
    setBusy(true)
    try {
      await changeSpace(courseId, limit)
      onChanged()
      onClose()
      showToast({
        text: t('files.spaceChanged', { limit: sizeWords(limit) }),
        onUndo: () => void attempt(() => changeSpace(courseId, space.limit)).then(onChanged),
      })
    } catch (problem) {
      setError(problemWords(problem))
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('files.changeSpace')}>
      <Form onSubmit={() => void send()} errors={error === undefined ? [] : [{ name: 'limit', message: error }]}>
        <Progress
          label={t('files.space')}
          value={space.used}
          max={Math.max(1, space.limit)}
          words={t('files.spaceOf', { used: sizeWords(space.used), limit: sizeWords(space.limit) })}
        />
        <Field
          name="limit"
          type="number"
          inputMode="decimal"
          min={0}
          max={mostGigabytes}
          step="any"
          label={t('files.spaceLimit')}
          hint={fits && limit < space.used ? t('files.spaceBelow') : t('files.spaceHint')}
          value={gigabytes}
          onValue={setGigabytes}
          error={error}
          autoFocus
        />
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('files.spaceSave')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
