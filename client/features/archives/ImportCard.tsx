// One archive on its way in: how far it is, what came of it, and how to stop it.
import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { pathTo } from '#client/app/paths.ts'
import { sizeWords } from '#client/features/files/store.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { archiveRoutes, type CourseImport } from '#protocol/archives.ts'
import { MakeForm } from './MakeForm.tsx'
import { sending } from './sending.ts'
import { refusalWords } from './words.ts'

interface ImportCardProps {
  readonly one: CourseImport
  /** How far one of them is, of the moment. */
  readonly progress: { readonly id: string; readonly done: number; readonly of: number } | undefined
}

export function ImportCard({ one, progress }: ImportCardProps) {
  const drop = async () => {
    sending.peek().get(one.id)?.stop()
    await request(archiveRoutes.dropImport, { importId: one.id }).catch((error: unknown) =>
      showToast({ text: problemWords(error), tone: 'bad' }),
    )
  }
  const over = one.state === 'done' || one.state === 'refused'
  return (
    <section class="card archive-card" aria-label={one.name} data-state={one.state}>
      <header class="archive-head">
        <h2>
          <bdi>{one.title || one.name}</bdi>
        </h2>
        <span class="muted">
          {one.title !== '' && one.title !== one.name && (
            <>
              <bdi>{one.name}</bdi> ·{' '}
            </>
          )}
          {sizeWords(one.size)} · <Time at={one.startedAt} />
        </span>
        {over && <IconButton icon={X} label={t('archives.offList', { name: one.name })} onClick={() => void drop()} />}
      </header>
      <Stands one={one} progress={progress} />
      {!over && one.state !== 'looked' && (
        <div class="cluster">
          <Button icon={X} onClick={() => void drop()}>
            {t('archives.stop')}
          </Button>
        </div>
      )}
      {one.state === 'looked' && <MakeForm one={one} onDrop={() => void drop()} />}
    </section>
  )
}

function Stands({ one, progress }: ImportCardProps): ComponentChildren {
  const now = progress?.id === one.id ? progress : undefined
  const here = sending.value.get(one.id)
  switch (one.state) {
    case 'receiving': {
      const sent = here?.sent ?? one.received
      const words = t('archives.doneOf', { done: sizeWords(sent), of: sizeWords(one.size) })
      return (
        <>
          <Progress label={t('archives.sending')} value={sent} max={one.size} words={words} />
          {here?.state.is === 'broken' && <p class="muted">{t('archives.broken')}</p>}
          {!here && <p class="muted">{t('archives.elsewhere')}</p>}
        </>
      )
    }
    case 'looking':
      return <Progress label={t('archives.looking')} value={0} max={1} words={t('archives.aMoment')} />
    case 'making':
      return (
        <Progress
          label={t('archives.unpacking')}
          value={now?.done ?? 0}
          max={Math.max(1, now?.of ?? 1)}
          words={
            now ? t('archives.doneOf', { done: sizeWords(now.done), of: sizeWords(now.of) }) : t('archives.aMoment')
          }
        />
      )
    case 'looked':
      return null
    case 'refused':
      return (
        <Banner tone="bad" title={t('archives.refused')}>
          {one.refusal && refusalWords(one.refusal)} {t('archives.nothingLeft')}
        </Banner>
      )
    case 'done':
      return (
        <Banner
          tone="good"
          title={t('archives.isThere')}
          action={
            one.courseId && (
              <ButtonLink kind="primary" href={pathTo('course', { courseId: one.courseId })}>
                {t('archives.toCourse')}
              </ButtonLink>
            )
          }
        >
          {t('archives.isThereLead')}
        </Banner>
      )
  }
}
