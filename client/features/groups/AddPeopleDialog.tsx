// Picks people for a group or section by ticking them; found by name. Mounted while it is open.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CoursePerson } from '#protocol/courses/people.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Group } from '#protocol/groups.ts'
import { addPeople } from './store.ts'

interface AddPeopleDialogProps {
  readonly courseId: CourseId
  readonly group: Group
  /** Who can be added. */
  readonly people: readonly CoursePerson[]
  readonly onClose: () => void
}

/** Drawn at once; the others are found by name. */
const mostShown = 50

export function AddPeopleDialog({ courseId, group, people, onClose }: AddPeopleDialogProps) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<AccountId>>(new Set())
  const [busy, setBusy] = useState(false)
  const wanted = search.trim().toLocaleLowerCase()
  const found = people.filter(one => one.name.toLocaleLowerCase().includes(wanted))
  const tick = (id: AccountId) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const send = async () => {
    if (chosen.size === 0) return
    setBusy(true)
    if (await addPeople(courseId, group, [...chosen])) onClose()
    setBusy(false)
  }
  return (
    <Dialog open onClose={onClose} title={t('groups.addPeopleTo', { name: group.name })}>
      {people.length === 0 ? (
        <EmptyState title={t('groups.noneToAdd')} />
      ) : (
        <Form onSubmit={() => void send()}>
          <Field type="search" name="find" label={t('groups.findPeople')} value={search} onValue={setSearch} />
          <div class="group-picks">
            {found.slice(0, mostShown).map(one => (
              <Checkbox
                key={one.accountId}
                label={one.name}
                checked={chosen.has(one.accountId)}
                onChecked={() => tick(one.accountId)}
              />
            ))}
            {found.length === 0 && <p class="muted">{t('groups.noMatch')}</p>}
          </div>
          <FormActions>
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
            <Button kind="primary" type="submit" busy={busy} disabled={chosen.size === 0}>
              {chosen.size === 0 ? t('groups.addPeople') : t('groups.addCount', { count: chosen.size })}
            </Button>
          </FormActions>
        </Form>
      )}
    </Dialog>
  )
}
