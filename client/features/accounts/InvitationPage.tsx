// An invitation's link: who invites and where to, and the form that makes the account. Whoever is signed in joins the
// course with the account they have.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { SignInStep } from '#client/features/factors/SignInStep.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { accountRoutes, type Invitation, type NextStep, type OwnAccount } from '#protocol/accounts.ts'
import { Door } from './Door.tsx'
import { invitedWord } from './invitations/store.ts'
import { LinkDoor } from './LinkDoor.tsx'
import { NewPersonForm } from './NewPersonForm.tsx'
import { become, me, signOut } from './store.ts'

/** /invite/:token */
export function InvitationPage({ params: { token } }: PageProps<'invitation'>) {
  const loaded = useLoad(token, () => request(accountRoutes.getInvitation, { token }))
  const { route: go } = useLocation()
  const [second, setSecond] = useState<NextStep>()
  const account = me.value
  const course = loaded.value?.invitation.course
  // The link is used up by now: there is nothing to go back to but the sign-in.
  if (second)
    return (
      <Door>
        <SignInStep
          next={second}
          onIn={one => {
            become(one)
            go(course ? pathTo('course', { courseId: course.id }) : pathTo('today'), true)
          }}
          onBack={() => go(pathTo('signIn'), true)}
        />
      </Door>
    )
  return (
    <LinkDoor loaded={loaded}>
      {({ invitation }) =>
        invitation.newPassword ? (
          <>
            <header>
              <h1 tabIndex={-1}>{t('mail.forgotTitle')}</h1>
              <p class="door-lead">{t('mail.newPasswordLead', { name: invitation.newPassword.name })}</p>
            </header>
            <NewPersonForm
              email={invitation.email}
              name={invitation.newPassword.name}
              action={t('mail.newPasswordSave')}
              send={person => request(accountRoutes.acceptInvitation, { token, ...person })}
              onStep={setSecond}
            />
          </>
        ) : (
          <>
            <header>
              <h1 tabIndex={-1}>{t('accounts.invitationTitle')}</h1>
              <p class="door-lead">{leadOf(invitation)}</p>
            </header>
            {account === undefined ? (
              <Skeleton form="text" />
            ) : account?.kind === 'member' ? (
              <Signed token={token} invitation={invitation} account={account} />
            ) : (
              <New token={token} invitation={invitation} onStep={setSecond} />
            )}
          </>
        )
      }
    </LinkDoor>
  )
}

const leadOf = ({ invitedBy, course }: Invitation): string =>
  course === null
    ? t('accounts.invitedBy', { name: invitedBy })
    : t('accounts.invitedToCourse', {
        name: invitedBy,
        course: course.title,
        role: invitedWord(course.role, course.custom?.name),
      })

interface Part {
  readonly token: string
  readonly invitation: Invitation
}

function New({
  token,
  invitation: { email, name, course },
  onStep,
}: Part & { readonly onStep: (next: NextStep) => void }) {
  return (
    <>
      {course && <p>{t('accounts.invitedNew')}</p>}
      <NewPersonForm
        email={email}
        suggested={name ?? undefined}
        action={t('accounts.accept')}
        send={person => request(accountRoutes.acceptInvitation, { token, ...person })}
        onStep={onStep}
        next={course ? pathTo('course', { courseId: course.id }) : undefined}
      />
      <p class="door-foot">
        {t('accounts.haveAccount')}{' '}
        <Link href={pathTo('signIn', {}, { next: pathTo('invitation', { token }) })}>{t('accounts.signIn')}</Link>
      </p>
    </>
  )
}

/** For somebody who has an account: one tap into the course. */
function Signed({ token, invitation: { email, course }, account }: Part & { readonly account: OwnAccount }) {
  const { route: go } = useLocation()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const forOther = email !== null && email.toLowerCase() !== account.email?.toLowerCase()

  const join = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const { courseId } = await request(accountRoutes.joinByInvitation, { token })
      go(pathTo('course', { courseId }), true)
    } catch (error) {
      setProblem(problemWords(error))
      setBusy(false)
    }
  }

  return (
    <>
      {problem !== undefined && <Banner tone="bad">{problem}</Banner>}
      <p>
        {t('accounts.invitedHere', { name: account.name })}{' '}
        {forOther ? t('accounts.invitedOther', { email }) : course === null && t('accounts.invitedAlready')}
      </p>
      {course !== null && !forOther ? (
        <Button kind="primary" size="large" wide busy={busy} onClick={() => void join()}>
          {t('accounts.invitedJoin')}
        </Button>
      ) : (
        <ButtonLink kind="primary" size="large" wide href={pathTo('today')}>
          {t('accounts.invitedGoOn')}
        </ButtonLink>
      )}
      {forOther && (
        <Button kind="quiet" wide onClick={() => void signOut()}>
          {t('accounts.signOut')}
        </Button>
      )}
    </>
  )
}
