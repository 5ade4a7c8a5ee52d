// Why may this person do that here, or why not? The answer names the rule, the role and the place that decide.
import { CircleCheck, CircleX } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { countsIn, type Explanation, type Place, type RoleView } from '#protocol/access.ts'
import { capabilities, capability } from '#protocol/base/roles.ts'
import { explain } from './store.ts'
import { nobody, WhoField, whoName } from './WhoField.tsx'
import { capabilityWord, placeName, roleNameOf } from './words.ts'

interface WhyFormProps {
  readonly place: Place
  readonly roles: readonly RoleView[]
}

/** What is asked about most, where that is not grades. */
const askedFirst: Partial<Record<Place['kind'], string>> = { group: 'group.manage', item: 'content.change' }

export function WhyForm({ place, roles }: WhyFormProps) {
  const [who, setWho] = useState(nobody)
  const counted = capabilities.filter(one => countsIn(place.kind, one))
  const [what, setWhat] = useState<string>(askedFirst[place.kind] ?? 'grade.change')
  const [answer, setAnswer] = useState<Explanation>()
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)

  const ask = async () => {
    if (busy) return
    setAnswer(undefined)
    const email = who.email.trim()
    if (email === '') return setErrors([{ name: whoName(), message: t('access.needEmail') }])
    setErrors([])
    setBusy(true)
    try {
      const asked = { kind: place.kind, id: place.id, capability: capability.parse(what), email }
      setAnswer((await explain(asked)).explanation)
    } catch (error) {
      const unknown = error instanceof ClientProblem && ['no-account', 'malformed'].includes(error.code)
      setErrors([{ name: whoName(), message: unknown ? t('access.needEmailHere') : problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class="stack why">
      <p class="muted">{t('access.whyLead')}</p>
      <Form onSubmit={() => void ask()} errors={errors}>
        <WhoField who={who} onWho={setWho} error={errors[0]?.message} />
        <Field
          type="select"
          name="capability"
          label={t('access.whyWhat')}
          value={what}
          onValue={setWhat}
          options={counted.map(one => ({ value: one, label: capabilityWord(one) }))}
        />
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={busy}>
            {t('access.ask')}
          </Button>
        </div>
      </Form>
      {answer && <Answer answer={answer} roles={roles} />}
    </div>
  )
}

function reasonWords(answer: Explanation, roles: readonly RoleView[]): string {
  const role = answer.role === null ? '' : roleNameOf(answer.role, roles)
  const place = answer.rule === null ? '' : placeName(answer.rule.place)
  switch (answer.because) {
    case 'suspended':
      return t('access.becauseSuspended')
    case 'administrator':
      return t('access.becauseAdministrator')
    case 'prohibited':
      return t('access.becauseProhibited', { place, role })
    case 'prevented':
      return t('access.becausePrevented', { place, role })
    case 'rule':
      return t('access.becauseRule', { place, role })
    case 'role':
      return t('access.becauseRole', { role })
    case 'not-published':
      return t('access.becauseNotPublished')
    case 'concluded':
      return t('access.becauseConcluded')
    case 'removed':
      return t('access.becauseRemoved')
    case 'nothing':
      return answer.role === null ? t('access.becauseNothing') : t('access.becauseRoleNot', { role })
  }
}

function Answer({ answer, roles }: { readonly answer: Explanation; readonly roles: readonly RoleView[] }) {
  const { name } = answer.account
  return (
    <div class="why-answer" role="status" data-allowed={answer.allowed || undefined}>
      <Icon as={answer.allowed ? CircleCheck : CircleX} size={20} />
      <div>
        <p class="why-head">{answer.allowed ? t('access.yes', { name }) : t('access.no', { name })}</p>
        <p>{reasonWords(answer, roles)}</p>
        {answer.heldAt && answer.role && (
          <p class="muted">
            {t('access.heldIn', { role: roleNameOf(answer.role, roles), place: placeName(answer.heldAt) })}
          </p>
        )}
      </div>
    </div>
  )
}
