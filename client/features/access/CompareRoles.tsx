// Two roles side by side: what only one of them may, and what only the other.
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'
import type { RoleView } from '#protocol/access.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { capabilityWord, roleName } from './words.ts'

export function CompareRoles({ role, roles }: { readonly role: RoleView; readonly roles: readonly RoleView[] }) {
  const [key, setKey] = useState('')
  const other = roles.find(one => one.key === key)
  const without = (one: RoleView, two: RoleView) => one.capabilities.filter(may => !two.capabilities.includes(may))
  const [here, there] = other ? [without(role, other), without(other, role)] : [[], []]
  return (
    <div class="stack role-compare">
      <Field
        type="select"
        name="compare"
        label={t('access.compare')}
        value={key}
        onValue={setKey}
        options={[
          { value: '', label: t('access.compareNone') },
          ...roles.filter(one => one.key !== role.key).map(one => ({ value: one.key, label: roleName(one) })),
        ]}
      />
      {other &&
        (here.length + there.length === 0 ? (
          <p role="status">{t('access.compareSame')}</p>
        ) : (
          <div class="role-sides" role="status">
            <Side title={t('access.onlyHere', { name: roleName(role) })} may={here} />
            <Side title={t('access.onlyHere', { name: roleName(other) })} may={there} />
          </div>
        ))}
    </div>
  )
}

function Side({ title, may }: { readonly title: string; readonly may: readonly Capability[] }) {
  return (
    <section>
      <h2>{title}</h2>
      {may.length === 0 ? (
        <p class="muted">–</p>
      ) : (
        <ul>
          {may.map(one => (
            <li key={one}>{capabilityWord(one)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
