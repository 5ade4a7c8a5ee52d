// The way in for people with an account; where the demo school is there, one tap as one of its people.
import { ChevronRight } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { CodeLeads } from '#client/features/courses/CodeLeads.tsx'
import { PasskeyButton } from '#client/features/factors/PasskeyButton.tsx'
import { SignInStep } from '#client/features/factors/SignInStep.tsx'
import { ProviderButtons } from '#client/features/providers/ProviderButtons.tsx'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Link } from '#client/ui/Link.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import { accountRoutes, type DemoPerson, type NextStep, nextStep, type OwnAccount } from '#protocol/accounts.ts'
import { Door } from './Door.tsx'
import { errorOf, noRefusal, type Refusal, refusalOf } from './form-errors.ts'
import { ShutOut } from './ShutOut.tsx'
import { become, demoPeople, mailSetUp, me, safeNext } from './store.ts'

const demoWords: Record<DemoPerson['role'], PlainTextKey> = {
  administrator: 'accounts.demoAdministrator',
  staff: 'accounts.demoStaff',
  assistant: 'accounts.demoAssistant',
  learner: 'accounts.demoLearner',
}

/** What follows a password that was right; undefined for what was no such answer. */
const stepOf = (error: unknown): NextStep | undefined =>
  error instanceof ClientProblem ? nextStep.safeParse({ means: [], ...error.params, step: error.code }).data : undefined

/** /sign-in, with `next` for where to go afterwards. */
export function SignInPage({ query }: PageProps<'signIn'>) {
  const { route: go } = useLocation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  /** What is under way: the form, or a person of the demo school. */
  const [busy, setBusy] = useState<string | undefined>(undefined)
  /** The password was right, and a second step is asked for. */
  const [second, setSecond] = useState<NextStep>()
  const next = safeNext(query.next)
  const isMember = me.value?.kind === 'member'

  // Whoever is signed in already has nothing to do here; a guest may become a member.
  useEffect(() => {
    if (isMember) go(next, true)
  }, [isMember])

  const enter = async (what: string, ask: () => Promise<{ account: OwnAccount }>) => {
    if (busy !== undefined) return
    setBusy(what)
    setRefusal(noRefusal)
    try {
      become((await ask()).account)
    } catch (error) {
      const step = stepOf(error)
      if (step) setSecond(step)
      setRefusal(
        step ? noRefusal : what === 'form' ? refusalOf(error, ['email']) : { errors: [], problem: problemWords(error) },
      )
      setBusy(undefined)
    }
  }

  const send = () => {
    const missing: FormError[] = []
    if (email.trim() === '') missing.push({ name: 'email', message: t('accounts.needEmail') })
    if (password === '') missing.push({ name: 'password', message: t('accounts.needPassword') })
    if (missing.length > 0) return setRefusal({ errors: missing, problem: undefined })
    void enter('form', () => request(accountRoutes.signIn, { email: email.trim(), password }))
  }

  if (second)
    return (
      <Door>
        <SignInStep
          next={second}
          onIn={become}
          onBack={() => {
            setPassword('')
            setSecond(undefined)
          }}
        />
      </Door>
    )
  return (
    <Door>
      <h1 tabIndex={-1}>{t('accounts.signInTitle')}</h1>
      <ShutOut />
      <CodeLeads next={next} />
      <Form onSubmit={send} {...refusal}>
        <Field
          name="email"
          type="email"
          label={t('accounts.email')}
          value={email}
          onValue={setEmail}
          autocomplete="username"
          error={errorOf(refusal, 'email')}
        />
        <Field
          name="password"
          type="password"
          label={t('accounts.password')}
          value={password}
          onValue={setPassword}
          autocomplete="current-password"
          error={errorOf(refusal, 'password')}
        />
        <Button type="submit" kind="primary" size="large" wide busy={busy === 'form'}>
          {t('accounts.signIn')}
        </Button>
      </Form>
      <div class="door-ways">
        <p class="door-or">{t('accounts.or')}</p>
        <PasskeyButton onIn={become} onProblem={words => setRefusal({ errors: [], problem: words })} />
        <ProviderButtons next={next} onProblem={error => setRefusal({ errors: [], problem: problemWords(error) })} />
      </div>
      <p class="door-foot">
        {mailSetUp.value ? <Link href={pathTo('forgotten')}>{t('mail.forgot')}</Link> : t('accounts.noWayIn')}
      </p>
      <p class="door-foot">
        {t('accounts.noAccount')} <Link href={pathTo('join')}>{t('accounts.joinWithCode')}</Link>
      </p>
      {demoPeople.value.length > 0 && (
        <section class="door-demo" aria-labelledby="door-demo">
          <h2 id="door-demo">{t('accounts.demoTitle')}</h2>
          <p class="door-demo-lead">{t('accounts.demoLead')}</p>
          <List>
            {demoPeople.value.map(one => (
              <Row
                key={one.accountId}
                title={one.name}
                detail={t(demoWords[one.role])}
                start={<Avatar name={one.name} seed={one.accountId} size={32} />}
                end={busy === one.accountId ? <Spinner /> : <Icon as={ChevronRight} />}
                onPress={() =>
                  void enter(one.accountId, () => request(accountRoutes.signInDemo, { accountId: one.accountId }))
                }
              />
            ))}
          </List>
        </section>
      )}
    </Door>
  )
}
