// Takes a course away as one file: what is in it, the archives that were made, and how the one that is made comes along.
// Everybody who may copy the course sees the same.
import { Download, FileArchive, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { useCourse } from '#client/features/courses/store.ts'
import { sizeWords } from '#client/features/files/store.ts'
import { request } from '#client/platform/call.ts'
import { dayWord } from '#client/platform/dates.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { archiveRoutes, type CourseExport, courseExportsScope } from '#protocol/archives.ts'
import { apiBase } from '#protocol/base/call.ts'
import type { CourseId } from '#protocol/courses.ts'
import { refusalWords } from './words.ts'
import './archives.css'

export function ExportsPage({ params: { courseId } }: PageProps<'courseExports'>) {
  const title = useCourse(courseId).course.value?.course.title
  const scope = useScope(courseExportsScope, courseId)
  const { progress } = scope.fleeting.value
  const [busy, setBusy] = useState(false)
  const list = scope.state.value?.exports
  const problem = scope.problem.value
  const running = list?.find(one => one.state === 'running')
  const attempt = async (act: () => Promise<unknown>) => {
    setBusy(true)
    await act().catch((error: unknown) => showToast({ text: problemWords(error), tone: 'bad' }))
    setBusy(false)
  }
  const drop = ({ id }: CourseExport) => attempt(() => request(archiveRoutes.dropExport, { exportId: id }))
  const done = [...(list ?? [])].reverse().filter(one => one.state !== 'running')
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('archives.export')}
        parent={title === undefined ? undefined : { label: title, href: pathTo('course', { courseId }) }}
        lead={t('archives.exportLead')}
        actions={
          list &&
          !running && (
            <Button
              kind="primary"
              icon={FileArchive}
              busy={busy}
              onClick={() => void attempt(() => request(archiveRoutes.startExport, { courseId: courseId as CourseId }))}
            >
              {t('archives.start')}
            </Button>
          )
        }
      />
      {running && (
        <div class="card archive-card" role="status">
          <Progress
            label={t('archives.making')}
            value={progress?.id === running.id ? progress.done : 0}
            max={progress?.id === running.id ? Math.max(1, progress.of) : 1}
            words={
              progress?.id === running.id
                ? t('archives.doneOf', { done: sizeWords(progress.done), of: sizeWords(progress.of) })
                : t('archives.begins')
            }
          />
          <div class="cluster">
            <Button icon={X} onClick={() => void drop(running)}>
              {t('archives.stop')}
            </Button>
          </div>
        </div>
      )}
      {problem && !list ? (
        <ErrorState title={t('archives.listFailed')} detail={problemWords(problem)} requestId={problem.requestId} />
      ) : !list ? (
        <Skeleton form="rows" count={2} />
      ) : done.length === 0 ? (
        !running && (
          <EmptyState icon={FileArchive} title={t('archives.none')}>
            {t('archives.noneLead')}
          </EmptyState>
        )
      ) : (
        <Section title={t('archives.made')}>
          {/* biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one. */}
          <ul class="archive-list card" data-flush role="list" aria-label={t('archives.made')}>
            {done.map(one => (
              <Made key={one.id} one={one} onDrop={() => void drop(one)} />
            ))}
          </ul>
        </Section>
      )}
      <Banner tone="neutral" title={t('archives.behindTitle')}>
        {t('archives.behind')}
      </Banner>
    </div>
  )
}

function Made({ one, onDrop }: { readonly one: CourseExport; readonly onDrop: () => void }) {
  const href = `${apiBase}${archiveRoutes.exportContent.path.replace(':exportId', one.id)}`
  return (
    <li class="archive-made">
      <div class="archive-words">
        <Time at={one.askedAt} form="dayAndTime" />
        <p class="muted">
          {one.refusal
            ? refusalWords(one.refusal)
            : t('archives.madeBy', {
                name: one.by ?? t('archives.somebody'),
                day: one.expiresAt ? dayWord(one.expiresAt) : '',
              })}
        </p>
      </div>
      {one.state === 'ready' && (
        <ButtonLink icon={Download} href={href}>
          {t('archives.download', { size: sizeWords(one.size ?? 0) })}
        </ButtonLink>
      )}
      <span class="archive-end">
        <IconButton icon={X} label={t('archives.takeAway')} onClick={onDrop} />
      </span>
    </li>
  )
}
