// A link by which somebody chooses a new password, made when the dialog opens and shown this once.
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { peopleRoutes, type SitePerson } from '#protocol/accounts/people.ts'
import { InvitationLink } from '../invitations/InvitationLink.tsx'
import type { MadeInvitation } from '../invitations/store.ts'

export function LinkDialog({ person, onClose }: { readonly person: SitePerson; readonly onClose: () => void }) {
  const [made, setMade] = useState<MadeInvitation>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  const make = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const { link } = await request(peopleRoutes.makeSignInLink, { accountId: person.accountId })
      const address = shareLink(pathTo('invitation', { token: link.token }))
      setMade({ id: link.id, address, email: person.email ?? undefined, expiresAt: link.expiresAt })
    } catch (error) {
      setProblem(problemWords(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('people.linkTitle', { name: person.name })}>
      <div class="stack">
        {made ? <InvitationLink made={made} /> : <p>{t('people.linkLead', { name: person.name })}</p>}
        {problem && <Banner tone="bad">{problem}</Banner>}
        <div class="form-actions">
          <Button onClick={onClose}>{t(made ? 'accounts.inviteDone' : 'ui.cancel')}</Button>
          {!made && (
            <Button kind="primary" busy={busy} onClick={() => void make()}>
              {t('accounts.inviteMake')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
