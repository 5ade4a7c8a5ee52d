// The text that everybody agrees to, for administrators: written, published in versions, and who has not agreed.
import { Download } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { loadMe } from '#client/features/accounts/store.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { type Loaded, useKept, useLoad } from '#client/platform/use-load.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { RadioGroup } from '#client/ui/Choice.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { apiBase, type Output } from '#protocol/base/call.ts'
import { consentRoutes, longestConsent, type MinorsMeanwhile } from '#protocol/consent.ts'
import { languages } from '#protocol/texts/locales.ts'
import { changeMinors, listMissing, publish, readConsent } from './store.ts'
import './consent.css'

type Told = Output<typeof consentRoutes.get>

/** /consent */
export function ConsentPage(_: PageProps<'consent'>) {
  const loaded = useLoad('consent-all', readConsent)
  const told = useKept(loaded)
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('consent.manageTitle')}
        parent={{ label: t('privacy.title'), href: pathTo('privacy') }}
        lead={t('consent.manageLead')}
      />
      {told ? (
        <Manage told={told} loaded={loaded} />
      ) : loaded.problem ? (
        <ErrorState
          title={t('consent.manageFailed')}
          detail={problemWords(loaded.problem)}
          requestId={loaded.problem.requestId}
          onRetry={loaded.reload}
        />
      ) : (
        <Skeleton form="page" />
      )}
    </div>
  )
}

function Manage({ told, loaded }: { readonly told: Told; readonly loaded: Loaded<Told> }) {
  return (
    <>
      <p class="muted">
        {told.publishedAt === null ? (
          t('consent.none')
        ) : (
          <>
            {t('consent.nowVersion', { version: told.version })} <Time at={told.publishedAt} form="dayAndTime" />.
          </>
        )}
      </p>
      <Editor key={told.version} told={told} onDone={loaded.reload} />
      {told.version > 0 && <Missing told={told} />}
    </>
  )
}

type Words = Readonly<Record<string, { readonly title: string; readonly body: string }>>

const wordsOf = ({ texts }: Told): Words =>
  Object.fromEntries(
    languages.map(({ id }) => {
      const found = texts.find(one => one.language === id)
      return [id, { title: found?.title ?? '', body: found?.body ?? '' }]
    }),
  )

/** What is missing: a text at all, or the other half of one. */
function missingIn(words: Words): FormError[] {
  const half = languages.flatMap(({ id, name }) => {
    const { title = '', body = '' } = words[id] ?? {}
    if ((title.trim() === '') === (body.trim() === '')) return []
    const at = title.trim() === '' ? 'title' : 'body'
    return [{ name: `${at}-${id}`, message: t('consent.needBoth', { language: name }) }]
  })
  if (half.length > 0) return half
  const none = languages.every(({ id }) => words[id]?.title.trim() === '')
  return none ? [{ name: `title-${languages[0].id}`, message: t('consent.needText') }] : []
}

function Editor({ told, onDone }: { readonly told: Told; readonly onDone: () => void }) {
  const [words, setWords] = useState(wordsOf(told))
  const [asks, setAsks] = useState<'again' | 'inform'>('again')
  const [minors, setMinors] = useState(told.minors)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const put = (id: string, change: Partial<Words[string]>) =>
    setWords({ ...words, [id]: { title: '', body: '', ...words[id], ...change } })
  const at = (name: string) => errors.find(one => one.name === name)?.message
  const send = async () => {
    if (busy) return
    const missing = missingIn(words)
    setErrors(missing)
    setProblem(undefined)
    if (missing.length > 0) return
    setBusy(true)
    try {
      const texts = languages.flatMap(({ id: language }) => {
        const one = words[language]
        return one && one.title.trim() !== '' ? [{ language, ...one }] : []
      })
      await publish({ version: told.version, texts, asks, minors })
      showToast({ text: t('consent.published') })
      onDone()
      // Who publishes is asked like everybody.
      await loadMe()
    } catch (error) {
      setProblem(problemWords(error))
    }
    setBusy(false)
  }
  const settle = async (next: MinorsMeanwhile) => {
    const before = minors
    setMinors(next)
    if (told.version === 0) return
    try {
      await changeMinors({ minors: next })
      showToast({ text: t('consent.saved') })
    } catch (error) {
      setMinors(before)
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  return (
    <Form onSubmit={() => void send()} errors={errors} problem={problem} label={t('consent.manageTitle')}>
      {languages.map(({ id, name: language }) => (
        <div key={id} class="stack">
          <Field
            name={`title-${id}`}
            label={t('consent.heading', { language })}
            value={words[id]?.title ?? ''}
            onValue={title => put(id, { title })}
            maxLength={200}
            error={at(`title-${id}`)}
          />
          <Field
            type="textarea"
            rows={8}
            name={`body-${id}`}
            label={t('consent.body', { language })}
            hint={t('consent.bodyHint')}
            value={words[id]?.body ?? ''}
            onValue={body => put(id, { body })}
            maxLength={longestConsent}
            error={at(`body-${id}`)}
          />
        </div>
      ))}
      {told.version > 0 && (
        <RadioGroup<'again' | 'inform'>
          label={t('consent.asks')}
          name="asks"
          value={asks}
          onValue={setAsks}
          options={[
            { value: 'again', label: t('consent.asksAgain') },
            { value: 'inform', label: t('consent.asksInform') },
          ]}
        />
      )}
      <RadioGroup<MinorsMeanwhile>
        label={t('consent.minors')}
        name="minors"
        value={minors}
        onValue={next => void settle(next)}
        options={[
          { value: 'wait', label: t('consent.minorsWait') },
          { value: 'work', label: t('consent.minorsWork') },
        ]}
      />
      <FormActions>
        <Button kind="primary" type="submit" busy={busy}>
          {t('consent.publish')}
        </Button>
      </FormActions>
    </Form>
  )
}

function Missing({ told }: { readonly told: Told }) {
  const list = usePages(`missing ${told.version} ${told.asked}`, listMissing)
  return (
    <Section
      title={t('consent.missing')}
      actions={
        <ButtonLink kind="quiet" icon={Download} href={`${apiBase}${consentRoutes.missingCsv.path}`}>
          {t('consent.csv')}
        </ButtonLink>
      }
    >
      {list.rows === undefined ? (
        list.problem ? (
          <ErrorState
            title={t('consent.missingFailed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" count={3} />
        )
      ) : list.rows.length === 0 ? (
        <p class="muted">{t('consent.missingNone')}</p>
      ) : (
        <div class="stack">
          <p>{t('consent.missingCount', { count: told.missing })}</p>
          <List label={t('consent.missing')}>
            {list.rows.map(one => (
              <Row
                key={one.accountId}
                title={one.name}
                detail={one.email !== null && <bdi>{one.email}</bdi>}
                end={one.minor && <Badge>{t('people.minor')}</Badge>}
              />
            ))}
          </List>
          <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
        </div>
      )}
    </Section>
  )
}
