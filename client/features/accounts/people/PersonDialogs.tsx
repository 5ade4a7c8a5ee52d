// What is asked before something is done with an account, wherever it is begun: the list of people, or the person's page.
import { ObserversDialog } from '#client/features/observers/ObserversDialog.tsx'
import { SeeAsDialog } from '#client/features/preview/SeeAsDialog.tsx'
import { EraseDialog } from '#client/features/privacy/EraseDialog.tsx'
import type { SitePerson } from '#protocol/accounts/people.ts'
import type { Acts } from './acts.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { ReactivateDialog } from './ReactivateDialog.tsx'
import { RoleDialog } from './RoleDialog.tsx'
import { SignOutDialog } from './SignOutDialog.tsx'
import { SuspendDialog } from './SuspendDialog.tsx'

/** What is being done, with whom. */
export type Doing =
  | { readonly what: 'add' }
  | {
      readonly what: 'link' | 'role' | 'see' | 'observers' | 'merge' | 'signOut' | 'suspend' | 'reactivate' | 'erase'
      readonly person: SitePerson
    }

interface PersonDialogsProps {
  readonly acts: Acts
  readonly doing: Doing | undefined
  readonly onClose: () => void
  readonly onDone: () => void
}

export function PersonDialogs({ doing, acts, onClose, onDone }: PersonDialogsProps) {
  if (!doing || doing.what === 'add') return null
  const { person } = doing
  switch (doing.what) {
    case 'link':
      return <LinkDialog person={person} onClose={onDone} />
    case 'role':
      return <RoleDialog person={person} onClose={onClose} onDone={onDone} onChanged={acts.onChanged} />
    case 'see':
      return <SeeAsDialog person={person} onClose={onClose} />
    case 'observers':
      return <ObserversDialog person={person} onClose={onClose} />
    case 'merge':
      return <MergeDialog from={person} onClose={onClose} onDone={onDone} />
    case 'signOut':
      return <SignOutDialog person={person} onClose={onClose} onDone={onDone} />
    case 'suspend':
      return <SuspendDialog person={person} acts={acts} onClose={onClose} onDone={onDone} />
    case 'reactivate':
      return <ReactivateDialog person={person} acts={acts} onClose={onClose} onDone={onDone} />
    case 'erase':
      return <EraseDialog person={person} onClose={onClose} onDone={onDone} />
  }
}
