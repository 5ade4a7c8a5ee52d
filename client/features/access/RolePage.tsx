// One role: what it may, changed box by box and saved together; compared with another; copied, exported, reset, removed.
import { Copy, Download, ListChecks, RotateCcw, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
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
import { SaveBar } from '#client/ui/SaveBar.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { accessRoutes, type RoleView } from '#protocol/access.ts'
import { capabilities } from '#protocol/base/roles.ts'
import { CompareRoles } from './CompareRoles.tsx'
import { CopyRoleDialog } from './CopyRoleDialog.tsx'
import { ManyRulesDialog } from './ManyRulesDialog.tsx'
import { RolePlaces } from './RolePlaces.tsx'
import { attempt, changeRole, customId, removeRole, resetRole, restoreRole, sitePlace, useRoles } from './store.ts'
import { useRoleDraft } from './use-role-draft.ts'
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

function OneRole({ first, roles, mayDefine, reload }: OneRoleProps) {
  const { route: go } = useLocation()
  const draft = useRoleDraft(first, reload)
  const { role, keep } = draft
  const [ruling, setRuling] = useState(false)
  const [copying, setCopying] = useState(false)
  const editable = mayDefine && !role.builtIn

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
      draft.discard()
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
      <div role="status">{draft.changedElsewhere && <Banner>{t('access.changedNow')}</Banner>}</div>
      {editable && (
        <div class="role-fields">
          <Field
            name="name"
            label={t('access.name')}
            value={draft.name}
            onValue={name => draft.write({ name })}
            maxLength={60}
            error={draft.nameMissing ? t('access.needName') : undefined}
          />
          <Field
            name="note"
            label={t('access.note')}
            hint={t('access.noteHint')}
            value={draft.note}
            onValue={note => draft.write({ note })}
            maxLength={500}
            optional
          />
        </div>
      )}
      {role.key !== 'member' && <RolePlaces role={role} />}
      <CompareRoles role={{ ...role, capabilities: capabilities.filter(draft.may) }} roles={roles} />
      <div class="capability-groups">
        {grouped(capabilities.map(capability => ({ capability }))).map(([title, those]) => (
          <fieldset key={title} class="capability-group">
            <legend>{title}</legend>
            {those.map(({ capability }) => (
              <Checkbox
                key={capability}
                label={capabilityWord(capability)}
                checked={draft.may(capability)}
                disabled={!editable}
                onChecked={on => draft.flip(capability, on)}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {editable && (
        <SaveBar
          count={draft.count}
          save={draft.save}
          onSave={() => {
            if (!draft.nameMissing) void draft.send()
          }}
          onDiscard={draft.discard}
        />
      )}
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
