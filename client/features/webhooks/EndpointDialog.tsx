// Sets up a webhook or changes it: where it goes, what for, of which courses and what.
import { useState } from 'preact/hooks'
import { departmentWords, listDepartments, mostChoices } from '#client/features/organisation/store.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import type { DepartmentId } from '#protocol/organisation.ts'
import { type EventType, eventTypes, ofSchool } from '#protocol/webhooks/events.ts'
import { type Endpoint, webhookAddress } from '#protocol/webhooks.ts'
import { changeEndpoint, createEndpoint } from './store.ts'
import { addressRefusal, typeTexts } from './words.ts'

interface EndpointDialogProps {
  /** Without one, one is added. */
  readonly endpoint?: Endpoint | undefined
  readonly onClose: () => void
  /** `secret`: of one that was added, told this once. */
  readonly onDone: (endpoint: Endpoint, secret?: string) => void
}

function refusalOf(error: unknown): readonly FormError[] {
  const at = error instanceof ClientProblem ? error.errors.find(one => one.path === 'address') : undefined
  return at ? [{ name: 'address', message: addressRefusal(at.code) }] : []
}

/** Open while it is mounted. */
export function EndpointDialog({ endpoint, onClose, onDone }: EndpointDialogProps) {
  const [address, setAddress] = useState(endpoint?.address ?? '')
  const [description, setDescription] = useState(endpoint?.description ?? '')
  const [departmentId, setDepartmentId] = useState<string>(endpoint?.department?.id ?? '')
  const [types, setTypes] = useState<ReadonlySet<EventType>>(new Set(endpoint?.types ?? []))
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const errorAt = (field: string) => errors.find(one => one.name === field)?.message
  const departments = useLoad('departments', () => listDepartments({ limit: mostChoices })).value?.items ?? []
  const gone = endpoint?.department && !departments.some(one => one.id === endpoint.department?.id)

  const choose = (type: EventType, chosen: boolean) => {
    const next = new Set(types)
    if (chosen) next.add(type)
    else next.delete(type)
    setTypes(next)
  }

  const send = async () => {
    const typed = address.trim()
    const wrong: FormError[] = []
    if (!webhookAddress.safeParse(typed).success) wrong.push({ name: 'address', message: t('webhooks.addressForm') })
    if (types.size === 0) wrong.push({ name: 'types', message: t('webhooks.typesMissing') })
    setErrors(wrong)
    setProblem(undefined)
    if (wrong.length > 0) return
    setBusy(true)
    const given = {
      ...{ address: typed, description, types: eventTypes.filter(one => types.has(one)) },
      departmentId: departmentId === '' ? null : (departmentId as DepartmentId),
    }
    try {
      if (endpoint) {
        const { id: endpointId, version } = endpoint
        onDone((await changeEndpoint({ endpointId, version, ...given })).endpoint)
      } else {
        const made = await createEndpoint(given)
        onDone(made.endpoint, made.secret)
      }
    } catch (error) {
      const at = refusalOf(error)
      setErrors(at)
      if (at.length === 0) setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t(endpoint ? 'webhooks.change' : 'webhooks.add')} wide>
      <Form onSubmit={() => void send()} errors={errors} problem={problem}>
        <Field
          name="address"
          label={t('webhooks.address')}
          hint={t('webhooks.addressHint')}
          inputMode="url"
          autocomplete="off"
          value={address}
          onValue={setAddress}
          error={errorAt('address')}
          maxLength={2_000}
          autoFocus
        />
        <Field
          name="description"
          label={t('webhooks.description')}
          optional
          value={description}
          onValue={setDescription}
          maxLength={500}
        />
        {(departments.length > 0 || departmentId !== '') && (
          <Field
            type="select"
            name="department"
            label={t('webhooks.courses')}
            hint={t('webhooks.coursesHint')}
            value={departmentId}
            onValue={setDepartmentId}
            options={[
              { value: '', label: t('webhooks.allCourses') },
              ...departments.map(one => ({ value: one.id as string, label: departmentWords(one) })),
              ...(gone ? [{ value: endpoint.department?.id ?? '', label: t('webhooks.departmentGone') }] : []),
            ]}
          />
        )}
        <fieldset class="choice-group">
          <legend class="field-label">{t('webhooks.types')}</legend>
          {errorAt('types') && <p class="field-error">{errorAt('types')}</p>}
          {eventTypes.map(type => {
            const nowhere = departmentId !== '' && ofSchool.includes(type)
            return (
              <Checkbox
                key={type}
                name="types"
                label={<code class="webhook-type">{type}</code>}
                hint={t(nowhere ? 'webhooks.noneOfDepartment' : typeTexts[type])}
                checked={types.has(type)}
                disabled={nowhere && !types.has(type)}
                onChecked={chosen => choose(type, chosen)}
              />
            )
          })}
        </fieldset>
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t(endpoint ? 'webhooks.save' : 'webhooks.add')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
