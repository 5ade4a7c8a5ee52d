// People and enrolments for the whole school: lists chosen and checked, and the imports of before.
import { FileSpreadsheet } from 'lucide-preact'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { siteImportRoutes } from '#protocol/imports.ts'
import { countsOf, filesOf, stateWords } from './ImportView.tsx'
import { ListsForm } from './ListsForm.tsx'
import './imports.css'

/** /imports */
export function ImportsPage(_: PageProps<'imports'>) {
  const { route: go } = useLocation()
  const earlier = usePages('imports', after =>
    request(siteImportRoutes.list, { limit: 20, ...(after === undefined ? {} : { after }) }),
  )
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('imports.title')}
        parent={{ label: t('people.title'), href: pathTo('sitePeople') }}
        lead={t('imports.lead')}
      />
      <ListsForm
        onChecked={({ id: importId }, guessed) =>
          go(pathTo('import', { importId }, guessed.length > 0 ? { guessed: guessed.join(',') } : {}))
        }
      />
      <Section title={t('imports.earlier')}>
        {!earlier.rows ? (
          earlier.problem ? (
            <ErrorState
              title={t('imports.failed')}
              detail={problemWords(earlier.problem)}
              requestId={earlier.problem.requestId}
              onRetry={earlier.reload}
            />
          ) : (
            <Skeleton form="rows" count={2} />
          )
        ) : earlier.rows.length === 0 ? (
          <EmptyState icon={FileSpreadsheet} title={t('imports.earlierNone')}>
            {t('imports.earlierEmpty')}
          </EmptyState>
        ) : (
          <>
            <List label={t('imports.earlier')}>
              {earlier.rows.map(one => (
                <Row
                  key={one.id}
                  title={
                    <>
                      <Time at={one.createdAt} form="dayAndTime" /> · {stateWords(one.state)}
                    </>
                  }
                  detail={
                    <>
                      {filesOf(one) !== '' && <bdi class="import-files">{filesOf(one)}</bdi>}
                      <div>{`${t(one.state === 'undone' ? 'imports.undoneCounts' : 'imports.counts', countsOf(one, one.state === 'undone' ? 'takenBack' : 'made'))} · ${t('imports.by', { name: one.author })}`}</div>
                    </>
                  }
                  end={
                    <ButtonLink kind="quiet" href={pathTo('import', { importId: one.id })}>
                      {t('imports.open')}
                    </ButtonLink>
                  }
                />
              ))}
            </List>
            <ShowMore
              onMore={earlier.more}
              busy={earlier.busy}
              problem={earlier.problem && problemWords(earlier.problem)}
            />
          </>
        )}
      </Section>
    </div>
  )
}
