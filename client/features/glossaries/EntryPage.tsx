// One entry of a glossary, at its own address.
import { useEffect } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { LockedPage } from '#client/features/conditions/LockedPage.tsx'
import { useCourse } from '#client/features/courses/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { glossaryScope } from '#protocol/glossaries.ts'
import { EntryView } from './EntryList.tsx'
import { getEntry } from './store.ts'
import './glossaries.css'

/** /courses/:courseId/glossaries/:glossaryId/entries/:entryId */
export function EntryPage({ params: { courseId, glossaryId, entryId } }: PageProps<'glossaryEntry'>) {
  const of = { courseId, glossaryId }
  const view = useCourse(courseId)
  const { value, problem, reload } = useLoad(entryId, () => getEntry({ ...of, entryId }))
  const told = useScope(glossaryScope, glossaryId).head.value
  useEffect(reload, [told])
  usePageTitle(value?.entry.word ?? t('glossaries.glossary'))
  const item = view.items.value.find(one => one.kind === 'glossary' && one.refId === glossaryId)
  const home = { label: item?.title ?? t('glossaries.glossary'), href: pathTo('glossary', of) }
  if (problem?.code === 'not-found' || view.status.value === 'closed')
    return (
      <div class="stack">
        <PageHeader title={t('glossaries.entryGoneTitle')} lead={t('glossaries.entryGoneDetail')} />
        <div>
          <ButtonLink href={home.href}>{home.label}</ButtonLink>
        </div>
      </div>
    )
  if (problem?.code === 'locked') return <LockedPage courseId={courseId} onRetry={reload} />
  if (problem && !value)
    return (
      <ErrorState
        page
        title={t('glossaries.loadFailed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  if (!value) return <Skeleton form="page" />
  return (
    <article class="stack-loose">
      <PageHeader title={value.entry.word} parent={home} />
      <EntryView of={of} entry={value.entry} mayChange={value.mayChange} onChanged={reload} alone />
    </article>
  )
}
