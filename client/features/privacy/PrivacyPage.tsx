// Who asked to be erased and what was done, for administrators: decided here, and watched until nothing is left. And how
// long things are kept.
import { FileCheck, UserRoundX } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { ObserverRules } from '#client/features/observers/ObserverRules.tsx'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad, useReload } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type Erasure, privacyRoutes } from '#protocol/privacy.ts'
import { EraseDialog } from './EraseDialog.tsx'
import { HeldCourses } from './HeldCourses.tsx'
import { RefuseDialog } from './RefuseDialog.tsx'
import { RetentionTimes } from './RetentionTimes.tsx'
import { stateTones, stateWords, works } from './words.ts'
import './privacy.css'

/** /privacy */
export function PrivacyPage(_: PageProps<'privacy'>) {
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('privacy.title')}
        lead={t('privacy.lead')}
        actions={
          <ButtonLink icon={FileCheck} href={pathTo('consent')}>
            {t('consent.manageOpen')}
          </ButtonLink>
        }
      />
      <Erasures />
      <ObserverRules />
      <Retention />
    </div>
  )
}

function Retention() {
  const { value, problem, reload } = useLoad('retention', () => request(privacyRoutes.getRetention, {}))
  const [kept, setKept] = useState(value)
  if (value && value !== kept) setKept(value)
  const told = value ?? kept
  if (told)
    return (
      <>
        <RetentionTimes windows={told.windows} last={told.last} />
        <HeldCourses holds={told.holds} onChanged={reload} />
      </>
    )
  if (!problem) return <Skeleton form="rows" count={4} />
  return (
    <ErrorState
      title={t('privacy.retentionFailed')}
      detail={problemWords(problem)}
      requestId={problem.requestId}
      onRetry={reload}
    />
  )
}

/** While something is being done the list is read again this often. */
const lookMs = 700

function Erasures() {
  const list = usePages('erasures', (after, wanted) =>
    request(privacyRoutes.listErasures, {
      limit: Math.min(200, Math.max(20, wanted)),
      ...(after ? { after } : {}),
    }),
  )
  const { rows, problem, reload } = list
  // Who decides is told in their own scope, as of their courses.
  useReload(list, useMyCourses())
  const [deciding, setDeciding] = useState<{ readonly one: Erasure; readonly what: 'erase' | 'refuse' }>()
  const working = rows?.some(works) ?? false
  useEffect(() => {
    if (!working) return
    const timer = setInterval(reload, lookMs)
    return () => clearInterval(timer)
  }, [working, reload])
  const close = () => {
    setDeciding(undefined)
    reload()
  }
  return (
    <Section title={t('privacy.erasures')}>
      {!rows ? (
        problem ? (
          <ErrorState
            title={t('privacy.erasuresFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" count={2} />
        )
      ) : rows.length === 0 ? (
        <EmptyState icon={UserRoundX} title={t('privacy.erasuresEmpty')}>
          {t('privacy.erasuresEmptyLead')}
        </EmptyState>
      ) : (
        <div class="stack">
          <List label={t('privacy.erasures')}>
            {rows.map(one => (
              <Row
                key={one.id}
                title={
                  <span class="cluster">
                    {one.name}
                    <Badge tone={stateTones[one.state]}>{stateWords(one.state)}</Badge>
                  </span>
                }
                detail={<Detail one={one} />}
                end={
                  one.state === 'asked' && (
                    <span class="cluster">
                      <Button kind="quiet" onClick={() => setDeciding({ one, what: 'refuse' })}>
                        {t('privacy.refuse')}
                      </Button>
                      <Button onClick={() => setDeciding({ one, what: 'erase' })}>{t('privacy.decide')}</Button>
                    </span>
                  )
                }
              />
            ))}
          </List>
          <ShowMore onMore={list.more} busy={list.busy} problem={problem && problemWords(problem)} />
        </div>
      )}
      {deciding?.what === 'erase' && (
        <EraseDialog person={deciding.one} onClose={() => setDeciding(undefined)} onDone={close} />
      )}
      {deciding?.what === 'refuse' && (
        <RefuseDialog
          erasure={deciding.one}
          onClose={() => setDeciding(undefined)}
          onDone={() => {
            showToast({ text: t('privacy.refusedDone', { name: deciding.one.name }) })
            close()
          }}
        />
      )}
    </Section>
  )
}

function Detail({ one }: { readonly one: Erasure }) {
  return (
    <>
      <Time at={one.decidedAt ?? one.askedAt} form="dayAndTime" />
      {one.state === 'asked' && one.reason && <span> · {one.reason}</span>}
      {one.decidedBy && <span> · {t('privacy.decidedBy', { name: one.decidedBy, reason: one.decision })}</span>}
      {one.state === 'done' && one.left && <Proof left={one.left} />}
    </>
  )
}

function Proof({ left }: { readonly left: NonNullable<Erasure['left']> }) {
  if (left.length === 0) return <span> · {t('privacy.proofClean')}</span>
  return (
    <span>
      {' · '}
      {t('privacy.proofLeft', { count: left.reduce((sum, one) => sum + one.count, 0) })}:{' '}
      {left.map(one => `${one.place} (${one.count})`).join(', ')}
    </span>
  )
}
