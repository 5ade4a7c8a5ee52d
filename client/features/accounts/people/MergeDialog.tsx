// Moves everything of one account to another, such as a guest's answers to the person's own account: the other one is
// searched, what moves is counted first.
import { useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { peopleRoutes, type SitePerson } from '#protocol/accounts/people.ts'
import { Kept } from './Kept.tsx'
import { PersonField, type PickedPerson } from './PersonField.tsx'

interface MergeDialogProps {
  readonly from: SitePerson
  readonly onClose: () => void
  readonly onDone: () => void
}

export function MergeDialog({ from, onClose, onDone }: MergeDialogProps) {
  const [into, setInto] = useState<PickedPerson>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const preview = useLoad(into ? from.accountId : null, () =>
    request(peopleRoutes.previewMerge, { accountId: from.accountId, into: into?.accountId ?? from.accountId }),
  )

  const merge = async () => {
    if (!into || busy) return
    setBusy(true)
    try {
      await request(peopleRoutes.merge, { accountId: from.accountId, into: into.accountId })
      showToast({ text: t('people.merged', { from: from.name, into: into.name }) })
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('people.mergeTitle', { name: from.name })}>
      <div class="stack">
        <p class="muted">{t('people.mergeLead', { name: from.name })}</p>
        <PersonField
          label={t('people.mergeInto')}
          picked={into}
          onPicked={setInto}
          kinds="members"
          except={from.accountId}
        />
        {into &&
          (preview.value ? (
            <>
              <h3>{t('people.mergeMoves')}</h3>
              <Kept parts={preview.value.moves} />
            </>
          ) : preview.problem ? (
            <Banner tone="bad">{problemWords(preview.problem)}</Banner>
          ) : (
            <Skeleton form="rows" count={3} />
          ))}
        {problem && <Banner tone="bad">{problem}</Banner>}
        <div class="form-actions">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" busy={busy} disabled={!into || !preview.value} onClick={() => void merge()}>
            {t('people.merge')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
