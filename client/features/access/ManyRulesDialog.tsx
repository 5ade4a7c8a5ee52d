// One rule for several roles in several places: chosen first, then shown as it would change what holds there, and set in one
// act, which the notice takes back.
import { useEffect, useState } from 'preact/hooks'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import {
  mostRulePlaces,
  mostRuleRoles,
  type PermissionWord,
  type Place,
  permission,
  type RoleKey,
  type RoleView,
} from '#protocol/access.ts'
import { type Capability, capabilities } from '#protocol/base/roles.ts'
import { PickPlaces } from './PickPlaces.tsx'
import { PreviewList } from './PreviewList.tsx'
import { attempt, changeRules, previewRules } from './store.ts'
import { capabilityWord, permissionWord, roleName, rolesWords } from './words.ts'

interface ManyRulesDialogProps {
  /** It, and what lies below it, can be chosen. */
  readonly place: Place
  readonly roles: readonly RoleView[]
  readonly first: RoleView
  readonly onClose: () => void
  readonly onChanged: () => void
}

interface Wish {
  readonly capability: Capability
  readonly permission: PermissionWord
  readonly roles: readonly RoleKey[]
  readonly places: readonly Place[]
}

/** What is chosen so far: what to say about what is never taken for granted. */
type Wished = Omit<Wish, 'capability' | 'permission'> & {
  readonly capability: Capability | undefined
  readonly permission: PermissionWord | undefined
}

const isWhole = (wished: Wished): wished is Wish => wished.capability !== undefined && wished.permission !== undefined

const rulesOf = ({ places, roles, permission: wanted }: Wish) =>
  places.flatMap(({ kind, id }) => roles.map(role => ({ kind, id, role, permission: wanted })))

export function ManyRulesDialog({ place, roles, first, onClose, onChanged }: ManyRulesDialogProps) {
  const [wish, setWish] = useState<Wished>({
    capability: undefined,
    permission: undefined,
    roles: first.key === 'member' ? [] : [first.key],
    places: [],
  })
  const [looking, setLooking] = useState(false)
  return (
    <Dialog open onClose={onClose} title={t('access.manyRulesTitle')} wide>
      {looking && isWhole(wish) ? (
        <Look wish={wish} roles={roles} onBack={() => setLooking(false)} onClose={onClose} onChanged={onChanged} />
      ) : (
        <Choose
          {...{ place, wish, onClose }}
          roles={roles.filter(one => one.key !== 'member')}
          onWish={setWish}
          onLook={() => setLooking(true)}
        />
      )}
    </Dialog>
  )
}

interface ChooseProps {
  readonly place: Place
  readonly roles: readonly RoleView[]
  readonly wish: Wished
  readonly onWish: (wish: Wished) => void
  readonly onLook: () => void
  readonly onClose: () => void
}

function Choose({ place, roles, wish, onWish, onLook, onClose }: ChooseProps) {
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const look = () => {
    const most = t('access.manyMost', { places: mostRulePlaces, roles: mostRuleRoles })
    const found = [
      ...(wish.capability === undefined ? [{ name: 'capability', message: t('access.manyNeedAbout') }] : []),
      ...(wish.permission === undefined ? [{ name: 'permission', message: t('access.manyNeedSays') }] : []),
      ...(wish.roles.length === 0 ? [{ name: 'roles', message: t('access.manyNeedRoles') }] : []),
      ...(wish.roles.length > mostRuleRoles ? [{ name: 'roles', message: most }] : []),
      ...(wish.places.length === 0 ? [{ name: 'find', message: t('access.manyNeedPlaces') }] : []),
      ...(wish.places.length > mostRulePlaces ? [{ name: 'find', message: most }] : []),
    ]
    setErrors(found)
    if (found.length === 0) onLook()
  }
  const errorOf = (field: string) => errors.find(one => one.name === field)?.message
  const notChosen = { value: '', label: t('access.manyChoose') }
  const has = (key: RoleKey) => wish.roles.includes(key)
  return (
    <Form onSubmit={look} errors={errors}>
      <Field
        type="select"
        name="capability"
        label={t('access.manyAbout')}
        value={wish.capability ?? ''}
        onValue={value => onWish({ ...wish, capability: capabilities.find(one => one === value) })}
        options={[notChosen, ...capabilities.map(one => ({ value: one as string, label: capabilityWord(one) }))]}
        error={errorOf('capability')}
      />
      <Field
        type="select"
        name="permission"
        label={t('access.manySays')}
        hint={t('access.permissionHint')}
        value={wish.permission ?? ''}
        onValue={value => onWish({ ...wish, permission: permission.safeParse(value).data })}
        options={[notChosen, ...permission.options.map(one => ({ value: one as string, label: permissionWord(one) }))]}
        error={errorOf('permission')}
      />
      <fieldset class="many-boxes">
        <legend>{t('access.roles')}</legend>
        {roles.map(one => (
          <Checkbox
            key={one.key}
            name="roles"
            label={roleName(one)}
            checked={has(one.key)}
            onChecked={on =>
              onWish({ ...wish, roles: on ? [...wish.roles, one.key] : wish.roles.filter(key => key !== one.key) })
            }
          />
        ))}
        {roles.length <= mostRuleRoles && !roles.every(one => has(one.key)) && (
          <Button onClick={() => onWish({ ...wish, roles: roles.map(one => one.key) })}>
            {t('access.manyAllRoles')}
          </Button>
        )}
      </fieldset>
      <PickPlaces
        from={place}
        chosen={wish.places}
        onChosen={places => onWish({ ...wish, places })}
        error={errorOf('find')}
      />
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" kind="primary">
          {t('access.manySee')}
        </Button>
      </FormActions>
    </Form>
  )
}

interface LookProps {
  readonly wish: Wish
  readonly roles: readonly RoleView[]
  readonly onBack: () => void
  readonly onClose: () => void
  readonly onChanged: () => void
}

function Look({ wish, roles, onBack, onClose, onChanged }: LookProps) {
  const { capability } = wish
  const { value, problem, reload } = useLoad('many rules', () => previewRules({ capability, rules: rulesOf(wish) }))
  const [busy, setBusy] = useState(false)
  const turn = useMyCourses()
  useEffect(() => {
    if (turn > 0) reload()
  }, [turn])
  const set = async () => {
    if (busy) return
    setBusy(true)
    const done = await attempt(async () => {
      const { before } = await changeRules({ capability, rules: rulesOf(wish) })
      onChanged()
      onClose()
      const back = () =>
        attempt(async () => {
          const rules = before.map(one => ({ ...one, from: wish.permission }))
          const taken = await changeRules({ capability, rules })
          onChanged()
          showToast({ text: t('access.manyUndone', { count: taken.before.length }) })
        })
      const words = {
        ...{ capability: capabilityWord(capability), permission: permissionWord(wish.permission) },
        roles: rolesWords(wish.roles, roles),
      }
      const count = new Set(before.map(one => one.id)).size
      if (count === 0) showToast({ text: t('access.manyNoChange') })
      else showToast({ text: t('access.manyDone', { ...words, count }), onUndo: () => void back() })
    })
    if (!done) setBusy(false)
  }
  if (!value)
    return problem ? (
      <div class="stack">
        <ErrorState title={t('access.rulesFailed')} detail={problemWords(problem)} onRetry={reload} />
        <div>
          <Button onClick={onBack}>{t('access.manyBack')}</Button>
        </div>
      </div>
    ) : (
      <Skeleton form="rows" count={4} />
    )
  const changed = value.items.filter(one => one.changes.some(({ before, after }) => before !== after))
  const all = value.items.every(one => one.mayChange)
  return (
    <Form onSubmit={() => void set()} errors={[]}>
      <p class="muted">
        {capabilityWord(capability)}: {permissionWord(wish.permission)}, {rolesWords(wish.roles, roles)}.{' '}
        {t('access.manyLead')}
      </p>
      {!all && <Banner tone="warn">{t('access.manyNotAll')}</Banner>}
      {changed.length === 0 && <Banner tone="neutral">{t('access.manyNoChange')}</Banner>}
      <PreviewList items={value.items} roles={roles} />
      <FormActions>
        <Button onClick={onBack}>{t('access.manyBack')}</Button>
        <Button type="submit" kind="primary" busy={busy} disabled={!all || changed.length === 0}>
          {t('access.manySet', { count: changed.length })}
        </Button>
      </FormActions>
    </Form>
  )
}
