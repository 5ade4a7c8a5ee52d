// Where a role counts beside its own list: the places that say something about it or where it was given, with how many
// hold it there, each the way to its rules.
import { pathTo } from '#client/app/paths.ts'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { accessRoutes, type RoleView } from '#protocol/access.ts'
import { kindWord, placeName } from './words.ts'

export function RolePlaces({ role }: { readonly role: RoleView }) {
  const list = usePages(`places of ${role.key}`, after =>
    request(accessRoutes.listRolePlaces, { role: role.key, limit: 20, ...(after ? { after } : {}) }),
  )
  useReload(list, useMyCourses())
  const { rows, problem, reload, more, busy } = list
  return (
    <Section title={t('access.ruledWhere')}>
      {!rows ? (
        problem ? (
          <ErrorState title={t('access.failed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="rows" count={2} />
        )
      ) : rows.length === 0 ? (
        <p class="muted">{t('access.ruledNowhere')}</p>
      ) : (
        <>
          <p class="muted">{t('access.ruledWhereLead')}</p>
          <List label={t('access.ruledWhere')}>
            {rows.map(({ place, rules, holders }) => (
              <Row
                key={place.id}
                title={placeName(place)}
                detail={[
                  kindWord(place.kind),
                  ...(rules > 0 ? [t('access.placeRules', { count: rules })] : []),
                  ...(holders > 0 ? [t('access.heldHere', { count: holders })] : []),
                ].join(' · ')}
                href={pathTo('rolePlace', { kind: place.kind, id: place.id }, { role: role.key })}
              />
            ))}
          </List>
          <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
        </>
      )}
    </Section>
  )
}
