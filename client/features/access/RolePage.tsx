// One role: what it may, changed box by box and kept at once; compared with another; copied, exported, reset, removed.
import { Copy, Download, ListChecks, RotateCcw, Trash2 } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { requestOf } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { SavedAt, type SaveState } from '#client/ui/SavedAt.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { accessRoutes, type RoleView } from '#protocol/access.ts'
import { type Capability, capabilities } from '#protocol/base/roles.ts'
import { CompareRoles } from './CompareRoles.tsx'
import { CopyRoleDialog } from './CopyRoleDialog.tsx'
import { ManyRulesDialog } from './ManyRulesDialog.tsx'
import { RolePlaces } from './RolePlaces.tsx'
import { attempt, changeRole, customId, removeRole, resetRole, restoreRole, sitePlace, useRoles } from './store.ts'
import { builtInWord, capabilityWord, grouped, roleName } from './words.ts'
import './access.css'

/** /roles/:role */
export function RolePage({ params }: PageProps<'role'>) {
  const { value, problem, reload } = useRoles(sitePlace)
  const role = value?.items.find(one => one.key === params.role)
  usePageTitle(role ? roleName(role) : t('access.title'))
  if (!value)
    return problem ? (
      <ErrorState page title={t('access.failed')} detail={problemWords(problem)} onRetry={reload} />
    ) : (
      <Skeleton form="page" />
    )
  if (!role)
    return (
      <EmptyState
        title={t('access.gone')}
        action={<ButtonLink href={pathTo('roles')}>{t('access.title')}</ButtonLink>}
      />
    )
  return <OneRole key={role.key} first={role} roles={value.items} mayDefine={value.mayDefine} reload={reload} />
}

interface OneRoleProps {
  readonly first: RoleView
  readonly roles: readonly RoleView[]
  readonly mayDefine: boolean
  readonly reload: () => void
}

/** What is asked of a role, from how it is then. */
type Wish = (role: RoleView) => {
  readonly name?: string
  readonly note?: string
  readonly capabilities?: Capability[]
}

function OneRole({ first, roles, mayDefine, reload }: OneRoleProps) {
  const { route: go } = useLocation()
  // What the server has said, and on top of it what was asked and is on its way.
  const [told, setTold] = useState(first)
  const [wishes, setWishes] = useState<readonly Wish[]>([])
  let role = told
  for (const wish of wishes) role = { ...role, ...wish(role) }
  const known = useRef(first)
  const keep = (next: RoleView) => {
    known.current = next
    setTold(next)
  }
  const line = useRef(Promise.resolve())
  const [name, setName] = useState(first.name)
  const [note, setNote] = useState(first.note)
  const [save, setSave] = useState<SaveState>({ state: 'clean' })
  const [ruling, setRuling] = useState(false)
  const [copying, setCopying] = useState(false)
  const editable = mayDefine && !role.builtIn

  // One after the other: each answer brings the version that the next one asks for.
  const send = async (wish: Wish) => {
    setSave({ state: 'saving' })
    const { current: before } = known
    try {
      keep((await changeRole({ roleId: customId(before), version: before.version, ...wish(before) })).role)
      setSave({ state: 'saved', at: new Date().toISOString() })
      reload()
    } catch (error) {
      setSave({ state: 'failed', detail: problemWords(error) })
      showToast({ text: problemWords(error), tone: 'bad' })
      // Somebody else changed it: theirs is shown.
      if (error instanceof ClientProblem && error.code === 'conflict') keep(error.params.current as RoleView)
    } finally {
      setWishes(those => those.filter(one => one !== wish))
    }
  }
  const change = (wish: Wish) => {
    setWishes(those => [...those, wish])
    line.current = line.current.then(() => send(wish))
  }
  const flip = (one: Capability, on: boolean) =>
    change(({ capabilities: those }) => ({
      capabilities: on ? [...those.filter(other => other !== one), one] : those.filter(other => other !== one),
    }))
  const reset = () =>
    attempt(async () => {
      const before = role.capabilities
      const { role: next } = await resetRole({ roleId: customId(role), version: role.version })
      keep(next)
      reload()
      const back = () =>
        void attempt(async () => {
          const input = { roleId: customId(role), version: next.version, capabilities: before }
          keep((await changeRole(input)).role)
        })
      showToast({ text: t('access.resetDone', { role: builtInWord(role.basedOn) }), onUndo: back })
    })
  const remove = async () => {
    try {
      await removeRole({ roleId: customId(role) })
      const back = async () => {
        if (await attempt(() => restoreRole({ roleId: customId(role) }))) go(pathTo('role', { role: role.key }))
      }
      go(pathTo('roles'))
      showToast({ text: t('access.removed', { name: role.name }), onUndo: () => void back() })
    } catch (error) {
      const held = error instanceof ClientProblem && error.code === 'role-held' ? Number(error.params.count) : 0
      showToast({ text: held > 0 ? t('access.inUse', { count: held }) : problemWords(error), tone: 'bad' })
    }
  }

  return (
    <div class="stack-loose">
      <PageHeader
        title={roleName(role)}
        parent={{ label: t('access.title'), href: pathTo('roles') }}
        badges={role.builtIn && <Badge>{t('access.builtIn')}</Badge>}
        lead={role.builtIn ? undefined : t('access.basedOn', { role: builtInWord(role.basedOn) })}
        actions={
          mayDefine && (
            <>
              <ButtonLink icon={Download} href={requestOf(accessRoutes.exportRole, { role: role.key }).url}>
                {t('access.export')}
              </ButtonLink>
              {role.key !== 'member' && (
                <Button icon={ListChecks} onClick={() => setRuling(true)}>
                  {t('access.manyRules')}
                </Button>
              )}
              {role.key !== 'member' && (
                <Button icon={Copy} onClick={() => setCopying(true)}>
                  {t('access.copy')}
                </Button>
              )}
              {editable && (
                <Menu
                  label={t('ui.more')}
                  items={[
                    {
                      label: t('access.reset', { role: builtInWord(role.basedOn) }),
                      icon: RotateCcw,
                      onSelect: () => void reset(),
                    },
                    { label: t('access.remove'), icon: Trash2, kind: 'danger', onSelect: () => void remove() },
                  ]}
                />
              )}
            </>
          )
        }
      />
      {role.builtIn && (
        <Banner
          action={
            <ButtonLink href={pathTo('rolePlace', { ...sitePlace }, { role: role.key })}>
              {t('access.changeRules')}
            </ButtonLink>
          }
        >
          {t('access.readOnly')}
        </Banner>
      )}
      {editable && (
        <div class="role-fields">
          <Field
            name="name"
            label={t('access.name')}
            value={name}
            onValue={setName}
            maxLength={60}
            onLeave={() => {
              if (name.trim() === '') setName(role.name)
              else if (name.trim() !== role.name) change(() => ({ name }))
            }}
          />
          <Field
            name="note"
            label={t('access.note')}
            hint={t('access.noteHint')}
            value={note}
            onValue={setNote}
            maxLength={500}
            optional
            onLeave={() => {
              if (note.trim() !== role.note) change(() => ({ note }))
            }}
          />
          <SavedAt save={save} />
        </div>
      )}
      {role.key !== 'member' && <RolePlaces role={role} />}
      <CompareRoles role={role} roles={roles} />
      <div class="capability-groups">
        {grouped(capabilities.map(capability => ({ capability }))).map(([title, those]) => (
          <fieldset key={title} class="capability-group">
            <legend>{title}</legend>
            {those.map(({ capability }) => (
              <Checkbox
                key={capability}
                label={capabilityWord(capability)}
                checked={role.capabilities.includes(capability)}
                disabled={!editable}
                onChecked={on => flip(capability, on)}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {ruling && (
        <ManyRulesDialog
          place={{ ...sitePlace, name: '' }}
          roles={roles}
          first={role}
          onClose={() => setRuling(false)}
          onChanged={reload}
        />
      )}
      <CopyRoleDialog open={copying} onClose={() => setCopying(false)} roles={roles} from={role} />
    </div>
  )
}
