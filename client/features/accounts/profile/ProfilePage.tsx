// A person as others meet them: picture, how to speak of them, a few lines, their clock, and the fields that the reader
// may see.

import { Pencil } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { region, t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { PageHeader, ParentLink } from '#client/ui/PageHeader.tsx'
import { SavedAt, type SaveState } from '#client/ui/SavedAt.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import { isWebPage, type Profile, profileRoutes, profileScope } from '#protocol/accounts/profile.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { NameDialog } from '../people/NameDialog.tsx'
import { OfAccount } from '../people/OfAccount.tsx'
import { CoursesOfPerson, RolesOfPerson } from '../people/OfSchool.tsx'
import { me } from '../store.ts'
import { ProfileFields } from './ProfileFields.tsx'
import './profile.css'

/** /people/:accountId */
export function ProfilePage({ params }: PageProps<'person'>) {
  const accountId = params.accountId as AccountId
  const loaded = useLoad(accountId, () => request(profileRoutes.profile, { accountId }))
  const { value, problem, reload } = loaded
  // What others change shows at once; whoever fills in what is shown keeps what they have typed.
  const turn = useScope(profileScope, accountId).head.value
  useReload(loaded, turn)
  usePageTitle(value?.profile.name ?? t('people.profile'))
  if (value) return <ProfileView profile={value.profile} turn={turn} onRenamed={reload} />
  if (!problem) return <Skeleton form="page" />
  return (
    <ErrorState
      page
      title={t(problem.code === 'not-found' ? 'people.profileGone' : 'people.profileFailed')}
      detail={problem.code === 'not-found' ? t('people.profileGoneLead') : problemWords(problem)}
      requestId={problem.requestId}
      onRetry={reload}
    />
  )
}

const clockOf = (timeZone: string): string =>
  new Intl.DateTimeFormat(region, {
    ...({ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
  }).format(new Date())

const dayOf = (day: string): string =>
  new Intl.DateTimeFormat(region, { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(`${day}T00:00:00Z`))

function valueWords({ field, value }: Profile['fields'][number]): ComponentChildren {
  if (value === '') return '–'
  if (field.kind === 'long-text') return <span class="profile-lines">{inOwnDirection(value)}</span>
  // Shown as it leads, so that no words can hide where that is.
  if (field.kind === 'link' && isWebPage(value))
    return (
      <Link href={value}>
        <bdi class="profile-link">{value}</bdi>
      </Link>
    )
  if (field.kind === 'checkbox') return t('people.yes')
  return field.kind === 'date' ? dayOf(value) : value
}

/** From the profile alone. */
interface ProfileViewProps {
  readonly profile: Profile
  /** Another one means that it was changed. */
  readonly turn: number
  readonly onRenamed: () => void
}

export function ProfileView({ profile, turn, onRenamed }: ProfileViewProps) {
  const [naming, setNaming] = useState(false)
  const [save, setSave] = useState<SaveState>({ state: 'clean' })
  const mine = me.value?.id === profile.accountId
  const manages = me.value?.siteRole === 'administrator'
  const fills = !mine && profile.fields.some(one => one.mayFill)
  const told = profile.fields.filter(one => one.value !== '')
  return (
    <div class="stack-loose">
      {manages && <ParentLink parent={{ label: t('people.title'), href: pathTo('sitePeople') }} />}
      <div class="profile-head">
        <Avatar name={profile.name} seed={profile.accountId} size={96} />
        <PageHeader
          title={profile.name}
          badges={profile.kind === 'guest' && <Badge>{t('accounts.guest')}</Badge>}
          lead={[profile.pronouns, profile.email].filter(Boolean).join(' · ')}
          actions={
            mine ? (
              <ButtonLink href={pathTo('sessions')}>{t('people.edit')}</ButtonLink>
            ) : (
              manages && (
                <Button icon={Pencil} onClick={() => setNaming(true)}>
                  {t('people.rename')}
                </Button>
              )
            )
          }
        />
      </div>
      {profile.bio && <p class="profile-bio">{profile.bio}</p>}
      <dl class="profile-facts">
        <dt>{t('accounts.timeZone')}</dt>
        <dd>
          {profile.timeZone.replaceAll('_', ' ')} · {t('people.clockNow', { time: clockOf(profile.timeZone) })}
        </dd>
        {!fills &&
          told.map(one => (
            <>
              <dt>{one.field.name}</dt>
              <dd>{valueWords(one)}</dd>
            </>
          ))}
      </dl>
      {fills && (
        <Section title={t('people.fields')} actions={<SavedAt save={save} />}>
          <div class="stack you-form">
            <ProfileFields profile={profile} onSave={setSave} />
          </div>
        </Section>
      )}
      {manages && (
        <>
          <OfAccount profile={profile} turn={turn} />
          <CoursesOfPerson accountId={profile.accountId} />
          <RolesOfPerson accountId={profile.accountId} />
        </>
      )}
      {naming && <NameDialog person={profile} onClose={() => setNaming(false)} onRenamed={onRenamed} />}
    </div>
  )
}
