// One place: what it says about roles, who holds which in it, why somebody may do a thing here, and what is below it.
import { BookOpen } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Link } from '#client/ui/Link.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { contextKind } from '#protocol/access.ts'
import { HoldersTable } from './HoldersTable.tsx'
import { PlacesList } from './PlacesList.tsx'
import { RulesTable } from './RulesTable.tsx'
import { getPlace, useRoles } from './store.ts'
import { WhyForm } from './WhyForm.tsx'
import { kindWord, placeName } from './words.ts'
import './access.css'

type Part = 'rules' | 'holders' | 'why' | 'parts'

/** /roles/places/:kind/:id, with `role` for whose rules to show first. */
export function PlacePage({ params, query }: PageProps<'rolePlace'>) {
  const kind = contextKind.safeParse(params.kind).data ?? 'site'
  const ref = { kind, id: params.id }
  const { value, problem, reload } = useLoad(`place ${kind} ${params.id}`, () => getPlace(ref))
  const roles = useRoles(ref)
  const [part, setPart] = useState<Part>(query.part === 'holders' ? 'holders' : 'rules')
  usePageTitle(value ? placeName(value.place) : t('access.title'))
  const failed = problem ?? roles.problem
  if (!value || !roles.value)
    return failed ? (
      <ErrorState
        page
        title={t(failed.code === 'not-allowed' ? 'access.notKept' : 'access.failed')}
        detail={failed.code === 'not-allowed' ? t('access.askWhom') : problemWords(failed)}
        requestId={failed.requestId}
        onRetry={reload}
      />
    ) : (
      <Skeleton form="page" />
    )
  const [above] = value.above
  const shared = { place: value.place, roles: roles.value.items }
  return (
    <div class="stack-loose">
      <PageHeader
        title={placeName(value.place)}
        parent={
          kind === 'course'
            ? { label: t('access.toCourse'), href: pathTo('course', { courseId: params.id }) }
            : kind === 'item' && above
              ? { label: placeName(above), href: pathTo('course', { courseId: above.id }) }
              : above
                ? { label: placeName(above), href: pathTo('rolePlace', { kind: above.kind, id: above.id }) }
                : { label: t('access.title'), href: pathTo('roles') }
        }
        lead={
          <>
            {`${kindWord(value.place.kind)} · ${t('access.title')}`}
            {kind === 'course' && above && (
              <>
                {' · '}
                <Link href={pathTo('rolePlace', { kind: above.kind, id: above.id })}>{placeName(above)}</Link>
              </>
            )}
          </>
        }
        actions={
          kind === 'department' && (
            <ButtonLink icon={BookOpen} href={pathTo('courses', {}, { department: params.id })}>
              {t('access.toCourses')}
            </ButtonLink>
          )
        }
      />
      <Tabs<Part>
        label={t('access.title')}
        tabs={[
          { id: 'rules', label: t('access.rules') },
          { id: 'holders', label: t('access.holders') },
          { id: 'why', label: t('access.why') },
          // Nothing stands below an item.
          ...(kind === 'item' ? [] : [{ id: 'parts' as const, label: t('access.parts') }]),
        ]}
        selected={part}
        onSelect={setPart}
      >
        {part === 'rules' && <RulesTable {...shared} first={query.role} mayRule={value.mayRule} />}
        {part === 'holders' && <HoldersTable {...shared} mayGrant={value.mayGrant} />}
        {part === 'why' && <WhyForm {...shared} />}
        {part === 'parts' && <PlacesList place={value.place} />}
      </Tabs>
    </div>
  )
}
