// Who did what, when and where, the latest first: narrowed by person, kind and time, taken away as a file, and proven.
import { Download } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { PersonField, type PickedPerson } from '#client/features/accounts/people/PersonField.tsx'
import { request, requestOf } from '#client/platform/call.ts'
import { startOfDay } from '#client/platform/dates.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { auditRoutes } from '#protocol/audit.ts'
import { EntryList } from './EntryList.tsx'
import { Proof } from './Proof.tsx'
import { things, thingWords } from './words.ts'

/** How often an open trail asks whether anything came; it has no feed of its own, for it is written with every act. */
const lookMs = 3_000

/** /audit; `about` in the address: what was done with one thing. */
export function AuditPage({ query }: PageProps<'audit'>) {
  const [about, setAbout] = useState(query.about)
  useEffect(() => setAbout(query.about), [query.about])
  const [actor, setActor] = useState<PickedPerson>()
  const [thing, setThing] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')

  const [begin, end] = [startOfDay(from), startOfDay(to, 1)]
  const filter = {
    ...(about ? { about } : {}),
    ...(actor ? { actor: actor.accountId } : {}),
    ...(thing ? { thing } : {}),
    ...(begin ? { from: begin } : {}),
    ...(end ? { to: end } : {}),
  }
  const list = usePages(JSON.stringify(filter), after =>
    request(auditRoutes.list, { ...filter, ...(after ? { after } : {}) }),
  )
  const shown = useRef(list.rows)
  shown.current = list.rows
  useEffect(() => {
    const look = async () => {
      // What could not be read is not asked about.
      if (!shown.current || document.visibilityState !== 'visible') return
      const { items } = await request(auditRoutes.list, { ...filter, limit: 1 })
      if (items[0] && items[0].id !== shown.current[0]?.id) list.reload()
    }
    // A look that failed, as without a network, is made good by the next.
    const timer = setInterval(() => void look().catch(() => undefined), lookMs)
    return () => clearInterval(timer)
  }, [JSON.stringify(filter)])
  const filtered = Object.keys(filter).length > 0
  const named = list.rows?.find(one => one.subject.id === about)?.subject.name

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
      <EntryList
        list={list}
        label={t('audit.title')}
        loadFailed={t('audit.failed')}
        none={{
          title: t(filtered ? 'audit.noMatch' : 'audit.empty'),
          lead: t(filtered ? 'audit.noMatchLead' : 'audit.emptyLead'),
        }}
        onAbout={setAbout}
      />
    </div>
  )
}
