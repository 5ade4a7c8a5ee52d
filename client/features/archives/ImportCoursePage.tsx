// Brings a course in from an archive: the file is sent and looked through, its owner says what is to become of it, and sees
// it come along. Every device of theirs shows the same.
import { FileArchive } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { DropPlace, PickFiles } from '#client/features/files/PickFiles.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { courseImportsScope } from '#protocol/archives.ts'
import { ImportCard } from './ImportCard.tsx'
import { sendArchive } from './sending.ts'
import './archives.css'

export function ImportCoursePage() {
  const accountId = me.value?.id
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('archives.import')}
        parent={{ label: t('courses.title'), href: pathTo('courses') }}
        lead={t('archives.importLead')}
      />
      {accountId === undefined ? <Skeleton form="rows" count={2} /> : <Imports accountId={accountId} />}
    </div>
  )
}

function Imports({ accountId }: { readonly accountId: string }) {
  const scope = useScope(courseImportsScope, accountId)
  const [problem, setProblem] = useState<string>()
  const list = scope.state.value?.imports
  const failed = scope.problem.value
  const bring = async (files: readonly File[]) => {
    setProblem(undefined)
    for (const file of files) {
      const said = file.size === 0 ? t('files.empty') : await sendArchive(file)
      if (said !== undefined) setProblem(t('archives.notSent', { name: file.name, why: said }))
    }
  }
  return (
    <>
      <DropPlace onFiles={files => void bring(files)}>
        <div class="archive-drop">
          <Icon as={FileArchive} size={20} />
          <p>{t('archives.dropLead')}</p>
          <PickFiles
            kind="primary"
            label={t('archives.pick')}
            accept=".zip,application/zip"
            one
            onFiles={files => void bring(files)}
          />
        </div>
      </DropPlace>
      {problem !== undefined && <Banner tone="bad">{problem}</Banner>}
      {failed && !list ? (
        <ErrorState title={t('archives.importsFailed')} detail={problemWords(failed)} requestId={failed.requestId} />
      ) : !list ? (
        <Skeleton form="rows" count={1} />
      ) : (
        [...list].reverse().map(one => <ImportCard key={one.id} one={one} progress={scope.fleeting.value.progress} />)
      )}
    </>
  )
}
