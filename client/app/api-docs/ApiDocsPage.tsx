// The API as the server describes it: every operation with its inputs and answer, to read and to try in a terminal.
import { useMemo, useState } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Link } from '#client/ui/Link.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { apiBase } from '#protocol/base/call.ts'
import { curlOf, groupsOf, type Operation, type Told, toldOf } from './describe.ts'
import './ApiDocsPage.css'

const description = `${apiBase}/openapi.json`

async function readDocument(): Promise<unknown> {
  const answer = await fetch(description).catch(() => undefined)
  if (!answer?.ok) throw new ClientProblem('offline')
  return answer.json()
}

/** /api/docs */
export function ApiDocsPage(_: PageProps<'apiDocs'>) {
  const { value, problem, reload } = useLoad('openapi', readDocument)
  const [words, setWords] = useState('')
  const groups = useMemo(() => groupsOf(value, words), [value, words])
  return (
    <div class="stack-loose">
      <PageHeader title={t('app.apiDocsTitle')} lead={t('app.apiDocsLead')} />
      <div class="reading api-intro">
        <p>
          {t('app.apiTokenLead')}{' '}
          {person.value && !person.value.guest && <Link href={pathTo('sessions')}>{t('app.apiTokenLink')}</Link>}
        </p>
        <pre class="api-code">{'Authorization: Bearer lectern_…\nIdempotency-Key: <uuid>'}</pre>
        <p>{t('app.apiWrites')}</p>
        <p>{t('app.apiProblems')}</p>
        <p>{t('app.apiRates')}</p>
        <p>
          <Link href={description}>{t('app.apiDocument')}</Link>
        </p>
      </div>
      <Field name="find" type="search" label={t('app.apiFind')} value={words} onValue={setWords} />
      {value === undefined ? (
        problem ? (
          <ErrorState title={t('app.apiFailed')} detail={problemWords(problem)} onRetry={reload} />
        ) : (
          <Skeleton form="rows" count={6} />
        )
      ) : groups.length === 0 ? (
        <EmptyState title={t('app.apiNone')}>{t('app.apiNoneDetail')}</EmptyState>
      ) : (
        groups.map(group => (
          <section key={group.feature} class="stack" aria-labelledby={`api-${group.feature}`}>
            <h2 id={`api-${group.feature}`}>{group.feature}</h2>
            <ul class="api-list">
              {group.operations.map(operation => (
                <li key={operation.id}>
                  <OperationDetails operation={operation} />
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
      {words === '' && <ToldTypes told={toldOf(value)} />}
    </div>
  )
}

function ToldTypes({ told }: { readonly told: readonly Told[] }) {
  if (told.length === 0) return null
  return (
    <section class="stack" aria-labelledby="api-told">
      <h2 id="api-told">{t('app.apiToldTitle')}</h2>
      <p class="reading">{t('app.apiTold')}</p>
      <ul class="api-list">
        {told.map(({ type, body, example }) => (
          <li key={type}>
            <details class="api-operation">
              <summary>
                <span class="api-method">POST</span>
                <span class="api-path">{type}</span>
              </summary>
              <div class="stack api-details">
                <pre class="api-code">{body}</pre>
                <h3>{t('webhooks.example')}</h3>
                <pre class="api-code">{example}</pre>
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

function OperationDetails({ operation }: { readonly operation: Operation }) {
  const [open, setOpen] = useState(false)
  const curl = curlOf(location.origin, operation)
  return (
    <details class="api-operation" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="api-method">{operation.method}</span>
        <span class="api-path">{operation.path}</span>
        <span class="api-name muted">{operation.id}</span>
        {operation.open && <Badge>{t('app.apiOpen')}</Badge>}
      </summary>
      {open && (
        <div class="stack api-details">
          <p>
            {operation.scope === undefined ? (
              t('app.apiNoToken')
            ) : (
              <>
                {t('app.apiScope')} <code>{operation.scope}</code>
              </>
            )}
          </p>
          {operation.fields.length > 0 && (
            <div class="api-scroll">
              <table class="api-fields">
                <thead>
                  <tr>
                    <th scope="col">{t('app.apiField')}</th>
                    <th scope="col">{t('app.apiWhere')}</th>
                    <th scope="col">{t('app.apiType')}</th>
                  </tr>
                </thead>
                <tbody>
                  {operation.fields.map(field => (
                    <tr key={`${field.where} ${field.name}`}>
                      <th scope="row">
                        <code>{field.name}</code>
                        {!field.required && <span class="muted"> {t('app.apiOptional')}</span>}
                      </th>
                      <td>{field.where}</td>
                      <td>
                        <code class="api-type">{field.type}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <h3>{t('app.apiAnswer')}</h3>
          <pre class="api-code">{operation.answer}</pre>
          <div class="cluster api-try">
            <h3>{t('app.apiTry')}</h3>
            <CopyButton text={curl} />
          </div>
          <pre class="api-code">{curl}</pre>
        </div>
      )}
    </details>
  )
}
