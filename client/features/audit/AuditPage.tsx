// Who did what, when and where, the latest first: narrowed by person, kind and time, taken away as a file, and proven.
import { Download, ScrollText } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { PersonField, type PickedPerson } from '#client/features/accounts/people/PersonField.tsx'
import { request, requestOf } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type AuditEntry, auditRoutes } from '#protocol/audit.ts'
import { Entry } from './Entry.tsx'
import { Proof } from './Proof.tsx'
import { things, thingWords } from './words.ts'
import './audit.css'

/** The start of a day, or of the day after, by the reader's clock. */
const startOf = (day: string, later: 0 | 1): string | undefined => {
  const at = new Date(`${day}T00:00`)
  if (day === '' || Number.isNaN(at.getTime())) return undefined
  at.setDate(at.getDate() + later)
  return at.toISOString()
}

/** /audit; `about` in the address: what was done with one thing. */
export function AuditPage({ query }: PageProps<'audit'>) {
  const [about, setAbout] = useState(query.about)
  useEffect(() => setAbout(query.about), [query.about])
  const [actor, setActor] = useState<PickedPerson>()
  const [thing, setThing] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [more, setMore] = useState<readonly AuditEntry[]>([])
  const [next, setNext] = useState<string>()
  const [busy, setBusy] = useState(false)

  const [begin, end] = [startOf(from, 0), startOf(to, 1)]
  const filter = {
    ...(about ? { about } : {}),
    ...(actor ? { actor: actor.accountId } : {}),
    ...(thing ? { thing } : {}),
    ...(begin ? { from: begin } : {}),
    ...(end ? { to: end } : {}),
  }
  const list = useLoad(JSON.stringify(filter), () => request(auditRoutes.list, filter))
  useEffect(() => {
    setMore([])
    setNext(list.value?.next)
  }, [list.value])
  const filtered = Object.keys(filter).length > 0
  const entries = [...(list.value?.items ?? []), ...more]

  const showMore = async () => {
    setBusy(true)
    try {
      const page = await request(auditRoutes.list, { ...filter, ...(next ? { after: next } : {}) })
      setMore([...more, ...page.items])
      setNext(page.next)
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }

  const named = entries.find(one => one.subject.id === about)?.subject.name

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('audit.title')}
        lead={t('audit.lead')}
        actions={
          <ButtonLink icon={Download} href={requestOf(auditRoutes.csv, filter).url} download="">
            {t('audit.csv')}
          </ButtonLink>
        }
      />
      <Proof />
      <div class="audit-filter">
        <PersonField label={t('audit.who')} picked={actor} onPicked={setActor} kinds="everybody" />
        <Field
          type="select"
          name="thing"
          label={t('audit.what')}
          value={thing}
          onValue={setThing}
          options={[
            { value: '', label: t('audit.anything') },
            ...things.map(one => ({ value: one, label: thingWords(one) })),
          ]}
        />
        <Field type="date" name="from" label={t('audit.from')} value={from} max={to || undefined} onValue={setFrom} />
        <Field type="date" name="to" label={t('audit.to')} value={to} min={from || undefined} onValue={setTo} />
      </div>
      {about && (
        <div class="cluster">
          <span class="muted">{named ? t('audit.aboutNamed', { name: named }) : t('audit.aboutOne')}</span>
          <Button kind="quiet" onClick={() => setAbout(undefined)}>
            {t('audit.showAll')}
          </Button>
        </div>
      )}
      {!list.value ? (
        list.problem ? (
          <ErrorState
            title={t('audit.failed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" count={8} />
        )
      ) : entries.length === 0 ? (
        <EmptyState icon={ScrollText} title={t(filtered ? 'audit.noMatch' : 'audit.empty')}>
          {t(filtered ? 'audit.noMatchLead' : 'audit.emptyLead')}
        </EmptyState>
      ) : (
        <div class="stack">
          <ol class="audit-list" aria-label={t('audit.title')}>
            {entries.map(one => (
              <Entry key={one.id} entry={one} onAbout={setAbout} />
            ))}
          </ol>
          {next !== undefined && (
            <div>
              <Button busy={busy} onClick={() => void showMore()}>
                {t('people.more')}
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  )
}
