// Buttons, fields and dialogs of the kit page.

import { Play, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { Checkbox, RadioGroup, Switch } from '#client/ui/Choice.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { SavedAt } from '#client/ui/SavedAt.tsx'
import { Sheet } from '#client/ui/Sheet.tsx'
import { showToast } from '#client/ui/Toast.tsx'

const refused: readonly FormError[] = [
  { name: 'email', message: 'Enter an e-mail address, such as name@school.org.' },
  { name: 'password', message: 'Enter your password.' },
]

/** What people fill in and press. */
export function KitForms() {
  const [values, setValues] = useState({
    name: 'Osmosis',
    email: 'maya',
    password: '',
    note: '',
    kind: 'quiz',
    minutes: '10',
    code: 'K7M2QX',
  })
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [open, setOpen] = useState<'dialog' | 'sheet'>()
  const [ticks, setTicks] = useState({ late: true, names: false })
  const [pace, setPace] = useState<'host' | 'self'>('host')
  const set = (key: keyof typeof values) => (value: string) => setValues(before => ({ ...before, [key]: value }))
  const errorOf = (name: string) => errors.find(one => one.name === name)?.message
  return (
    <>
      <Section title="Buttons">
        <div class="cluster">
          <Button kind="primary" icon={Play}>
            Start class
          </Button>
          <Button>Plain</Button>
          <Button kind="quiet">Quiet</Button>
          <Button kind="danger" icon={Trash2}>
            Delete course
          </Button>
          <Button kind="primary" busy>
            Saving it
          </Button>
          <Button busy>Working</Button>
          <Button disabled>Not now</Button>
          <Button size="small">Small</Button>
          <Button size="large" kind="primary">
            Join the class
          </Button>
          <ButtonLink href="/kit?link">A link</ButtonLink>
        </div>
      </Section>
      <Section title="Form" actions={<SavedAt save={{ state: 'saved', at: '2026-11-24T10:32:00Z' }} />}>
        <Card>
          <Form label="Sample" errors={errors} onSubmit={() => setErrors([...refused])}>
            <Field label="Title" name="title" value={values.name} onValue={set('name')} />
            <Field
              label="E-mail"
              name="email"
              type="email"
              value={values.email}
              onValue={set('email')}
              error={errorOf('email')}
              autocomplete="email"
            />
            <Field
              label="Password"
              name="password"
              type="password"
              value={values.password}
              onValue={set('password')}
              error={errorOf('password')}
              hint="At least ten characters."
              autocomplete="current-password"
            />
            <Field
              label="Note"
              name="note"
              type="textarea"
              optional
              value={values.note}
              onValue={set('note')}
              placeholder="What should people know before?"
            />
            <Field
              label="Kind"
              name="kind"
              type="select"
              value={values.kind}
              onValue={set('kind')}
              options={[
                { value: 'quiz', label: 'Quiz' },
                { value: 'poll', label: 'Poll' },
              ]}
            />
            <Field
              label="Minutes"
              name="minutes"
              type="number"
              min={1}
              max={180}
              value={values.minutes}
              onValue={set('minutes')}
            />
            <Field label="Code" name="code" code maxLength={6} value={values.code} onValue={set('code')} />
            <RadioGroup
              label="Pace"
              name="pace"
              value={pace}
              onValue={setPace}
              options={[
                { value: 'host', label: 'The host goes on', hint: 'Everybody sees the same question.' },
                { value: 'self', label: 'Everybody at their own pace' },
              ]}
            />
            <Checkbox label="Take late answers" checked={ticks.late} onChecked={late => setTicks({ ...ticks, late })} />
            <Switch
              label="Show names in the results"
              hint="Only staff see them otherwise."
              checked={ticks.names}
              onChecked={on => setTicks({ ...ticks, names: on })}
            />
            <Switch label="Shuffle answers" checked disabled onChecked={() => undefined} />
            <FormActions>
              <Button kind="primary" type="submit">
                Save
              </Button>
              <Button onClick={() => setOpen('dialog')}>Open a dialog</Button>
              <Button onClick={() => setOpen('sheet')}>Open a sheet</Button>
              <Button
                kind="quiet"
                onClick={() => showToast({ text: 'Question 3 was removed.', onUndo: () => undefined })}
              >
                Show a notice
              </Button>
            </FormActions>
          </Form>
        </Card>
      </Section>
      <Dialog
        open={open === 'dialog'}
        onClose={() => setOpen(undefined)}
        title="End the class?"
        actions={
          <>
            <Button onClick={() => setOpen(undefined)}>Cancel</Button>
            <Button kind="primary" onClick={() => setOpen(undefined)}>
              End class
            </Button>
          </>
        }
      >
        <p>24 people are in. Their answers and the chat stay in the course, and the grades are filled in.</p>
      </Dialog>
      <Sheet open={open === 'sheet'} onClose={() => setOpen(undefined)} title="Not answered yet">
        <p>Yuki Tanaka, Leila Haddad and four others.</p>
      </Sheet>
    </>
  )
}
