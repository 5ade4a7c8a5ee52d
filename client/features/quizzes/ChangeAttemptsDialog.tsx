// Changes how often a homework may be taken and which attempt counts, after it was given out. What is saved can be taken back.
import { useState } from 'preact/hooks'
import { AttemptsFields } from '#client/features/activities/AttemptsFields.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Form } from '#client/ui/Form.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AttemptsRule } from '#protocol/activities/attempts.ts'
import type { Delivery } from '#protocol/activities.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { quizRoutes } from '#protocol/quizzes.ts'

export type ChangeAttemptsProps = {
  readonly delivery: Delivery
  readonly title: string
  readonly onClose: () => void
  readonly onChanged: () => void
}

const write = (deliveryId: string, rule: AttemptsRule): Promise<Delivery> =>
  request(quizRoutes.changeAttempts, { deliveryId, ...rule } as InputBefore<typeof quizRoutes.changeAttempts>)

/** Open while it is mounted. */
export function ChangeAttemptsDialog({ delivery, title, onClose, onChanged }: ChangeAttemptsProps) {
  const { id, attempts: before, closedAt, shows } = delivery
  const [rule, setRule] = useState(before)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await write(id, rule)
    } catch (error) {
      setProblem(problemWords(error))
      return setBusy(false)
    }
    const back = async () => {
      try {
        await write(id, before)
        showToast({ text: t('attempts.undone') })
        onChanged()
      } catch (error) {
        showToast({ text: problemWords(error), tone: 'bad' })
      }
    }
    showToast({ text: t('attempts.changed'), onUndo: () => void back() })
    onChanged()
    onClose()
  }
  const more = rule.most === null || (before.most !== null && rule.most > before.most)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('attempts.changeOf', { title })}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void save()}>
            {t('attempts.save')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => void save()} errors={[]} problem={problem}>
        <p class="muted">{t(closedAt === null ? 'attempts.changeLead' : 'attempts.changeOver')}</p>
        <AttemptsFields rule={rule} onRule={setRule} over={closedAt !== null} several />
        {closedAt === null && shows === 'at-once' && more && <Banner tone="warn">{t('attempts.changeTold')}</Banner>}
        <button type="submit" hidden />
      </Form>
    </Dialog>
  )
}
