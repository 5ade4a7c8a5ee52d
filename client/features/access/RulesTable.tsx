// What a place says about one role, capability by capability, beside what holds without it. Each choice acts at once and
// is taken back from the notice.
import { ListChecks, RotateCcw } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type PermissionWord, type Place, permission, type RoleView, type Ruling } from '#protocol/access.ts'
import { ManyRulesDialog } from './ManyRulesDialog.tsx'
import { attempt, changeRule, listRules, resetRules } from './store.ts'
import { capabilityWord, grouped, isCalled, isOfSchool, permissionWord, placeName, roleName } from './words.ts'

interface RulesTableProps {
  readonly place: Place
  readonly roles: readonly RoleView[]
  readonly first: string | undefined
  readonly mayRule: boolean
}

const permissions: readonly PermissionWord[] = ['inherit', 'allow', 'prevent', 'prohibit']

export function RulesTable({ place, roles, first, mayRule }: RulesTableProps) {
  const choices = roles.filter(one => one.key !== 'member' || place.kind === 'site')
  const [key, setKey] = useState(first ?? 'assistant')
  const role = choices.find(one => one.key === key) ?? choices[0]
  const asked = { kind: place.kind, id: place.id }
  const { value, problem, reload } = useLoad(role ? `rules ${place.id} ${role.key}` : null, () =>
    listRules({ ...asked, role: role?.key ?? 'assistant' }),
  )
  const turn = useMyCourses()
  useEffect(() => {
    if (turn > 0) reload()
  }, [turn])
  const [find, setFind] = useState('')
  const [many, setMany] = useState(false)
  if (!role) return null

  const say = async (ruling: Ruling, wanted: PermissionWord) => {
    const rule = { ...asked, role: role.key, capability: ruling.capability }
    if (!(await attempt(() => changeRule({ ...rule, permission: wanted })))) return reload()
    reload()
    const back = async () => {
      if (await attempt(() => changeRule({ ...rule, permission: ruling.here }))) reload()
    }
    const words = {
      ...{ capability: capabilityWord(ruling.capability), permission: permissionWord(wanted) },
      role: roleName(role),
    }
    showToast({ topic: 'rules', text: t('access.ruleChanged', words), onUndo: () => void back() })
  }
  const reset = () =>
    attempt(async () => {
      const { taken } = await resetRules({ ...asked, role: role.key })
      reload()
      const back = async () => {
        for (const one of taken) await attempt(() => changeRule({ ...asked, role: role.key, ...one }))
        reload()
      }
      showToast({ topic: 'rules', text: t('access.rulesReset', { count: taken.length }), onUndo: () => void back() })
    })

  const said = value?.items.some(one => one.here !== 'inherit') ?? false
  const shown = value?.items
    .filter(one => place.kind === 'site' || one.here !== 'inherit' || !isOfSchool(one.capability))
    .filter(one => isCalled(one.capability, find.trim()))
  return (
    <div class="stack">
      <div class="role-tools">
        <Field
          type="select"
          name="role"
          label={t('access.role')}
          value={role.key}
          onValue={setKey}
          options={choices.map(one => ({ value: one.key, label: roleName(one) }))}
        />
        <Field type="search" name="right" label={t('access.findRule')} value={find} onValue={setFind} />
        {mayRule && said && (
          <Button icon={RotateCcw} onClick={() => void reset()}>
            {t('access.resetRules')}
          </Button>
        )}
        {mayRule && place.kind !== 'course' && place.kind !== 'item' && (
          <Button icon={ListChecks} onClick={() => setMany(true)}>
            {t('access.manyRules')}
          </Button>
        )}
      </div>
      <p class="muted">{t('access.permissionHint')}</p>
      {!shown ? (
        problem ? (
          <ErrorState title={t('access.rulesFailed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="rows" count={8} />
        )
      ) : shown.length === 0 ? (
        <EmptyState title={t('access.noRule')}>{t('access.noPlaceDetail')}</EmptyState>
      ) : (
        grouped(shown).map(([title, those]) => (
          <section key={title} class="rule-group" aria-label={title}>
            <h2>{title}</h2>
            <ul class="rule-list">
              {those.map(one => (
                <RuleRow
                  key={one.capability}
                  ruling={one}
                  role={role.key}
                  mayRule={mayRule}
                  onSay={wanted => void say(one, wanted)}
                />
              ))}
            </ul>
          </section>
        ))
      )}
      {many && (
        <ManyRulesDialog place={place} roles={roles} first={role} onClose={() => setMany(false)} onChanged={reload} />
      )}
    </div>
  )
}

function inheritedWords({ inherited, from }: Ruling): string {
  const words = inherited ? t('access.inheritedYes') : t('access.inheritedNo')
  const by = from ? t('access.fromPlace', { place: placeName(from.place) }) : t('access.fromRole')
  return `${words}, ${by}${from?.permission === 'prohibit' ? ` (${permissionWord('prohibit')})` : ''}`
}

interface RuleRowProps {
  readonly ruling: Ruling
  /** Whose rules these are. */
  readonly role: string
  readonly mayRule: boolean
  readonly onSay: (wanted: PermissionWord) => void
}

function RuleRow({ ruling, role, mayRule, onSay }: RuleRowProps) {
  const what = capabilityWord(ruling.capability)
  const lock = ruling.from?.permission === 'prohibit' ? ruling.from.place : undefined
  // What is said under a lock does nothing: it can be taken back, and nothing else is offered.
  const offered = lock ? permissions.filter(one => one === 'inherit' || one === ruling.here) : permissions
  return (
    <li class="rule" data-said={ruling.here !== 'inherit' || undefined}>
      <div class="rule-words">
        <span>{what}</span>
        <span class="rule-from muted">{inheritedWords(ruling)}</span>
        {ruling.capability === 'channel.attach' && <span class="rule-from muted">{t('access.attachHint')}</span>}
        {lock && (
          <span class="rule-from">
            <span>{t('access.locked')}</span>{' '}
            {me.value?.siteRole === 'administrator' && (
              <Link href={pathTo('rolePlace', { kind: lock.kind, id: lock.id }, { role })}>{t('access.toLock')}</Link>
            )}
          </span>
        )}
        {mayRule && !ruling.mayChange && <span class="rule-from muted">{t('access.notYours')}</span>}
      </div>
      <Badge tone={ruling.allowed ? 'good' : 'neutral'}>
        {ruling.allowed ? t('access.here') : t('access.notHere')}
      </Badge>
      {offered.length > 1 && (
        <Field
          type="select"
          name={ruling.capability}
          label={t('access.ruleOf', { capability: what })}
          labelHidden
          value={ruling.here}
          disabled={!mayRule || !ruling.mayChange}
          onValue={wanted => onSay(permission.parse(wanted))}
          options={offered.map(one => ({ value: one, label: permissionWord(one) }))}
        />
      )}
    </li>
  )
}
