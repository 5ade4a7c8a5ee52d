// The roles there are: those every Lectern has and those made here, and the way to what places say about them.
import { Copy, FileUp, ShieldCheck } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { RoleView } from '#protocol/access.ts'
import { CopyRoleDialog } from './CopyRoleDialog.tsx'
import { ImportRoleDialog } from './ImportRoleDialog.tsx'
import { PlacesList } from './PlacesList.tsx'
import { sitePlace, useRoles } from './store.ts'
import { builtInWord, roleName } from './words.ts'
import './access.css'

/** /roles */
export function RolesPage(_: PageProps<'roles'>) {
  usePageTitle(t('access.title'))
  const { value, problem, reload } = useRoles(sitePlace)
  const [doing, setDoing] = useState<'copy' | 'import'>()
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('access.title')}
        lead={t('access.lead')}
        actions={
          value?.mayDefine && (
            <>
              <Button icon={FileUp} onClick={() => setDoing('import')}>
                {t('access.import')}
              </Button>
              <Button kind="primary" icon={Copy} onClick={() => setDoing('copy')}>
                {t('access.copy')}
              </Button>
            </>
          )
        }
      />
      {!value ? (
        problem ? (
          <ErrorState
            page
            title={t('access.failed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" count={6} />
        )
      ) : (
        <>
          <Section title={t('access.roles')}>
            <List label={t('access.roles')}>
              {value.items.map(role => (
                <RoleRow key={role.key} role={role} />
              ))}
            </List>
          </Section>
          <Section title={t('access.places')}>
            <p class="muted">{t('access.placesLead')}</p>
            <List>
              <Row
                start={<Icon as={ShieldCheck} />}
                title={t('access.whole')}
                href={pathTo('rolePlace', { kind: sitePlace.kind, id: sitePlace.id })}
              />
            </List>
            <PlacesList place={sitePlace} />
          </Section>
          <CopyRoleDialog open={doing === 'copy'} onClose={() => setDoing(undefined)} roles={value.items} />
          <ImportRoleDialog open={doing === 'import'} onClose={() => setDoing(undefined)} />
        </>
      )}
    </div>
  )
}

function RoleRow({ role }: { readonly role: RoleView }) {
  const facts = [
    t('access.may', { count: role.capabilities.length }),
    role.holders === null ? t('access.heldByAll') : t('access.held', { count: role.holders }),
    ...(role.rules > 0 ? [t('access.ruled', { count: role.rules })] : []),
  ]
  return (
    <Row
      title={roleName(role)}
      detail={
        <>
          {facts.join(' · ')}
          {role.note !== '' && <span class="role-note">{role.note}</span>}
        </>
      }
      href={pathTo('role', { role: role.key })}
      end={
        role.builtIn ? (
          <Badge>{t('access.builtIn')}</Badge>
        ) : (
          <span class="muted role-base">{t('access.basedOn', { role: builtInWord(role.basedOn) })}</span>
        )
      }
    />
  )
}
