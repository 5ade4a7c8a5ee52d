// Whom the reader observes, and the field for a code that a learner gave them.
import { Eye } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { Span } from './Span.tsx'
import { endWithUndo, listObserved, useCodeOf, useObservedTurn } from './store.ts'

/** /observed; `code` in the address fills the field. */
export function ObservedPage({ query }: PageProps<'observed'>) {
  const list = usePages('observed', after => listObserved(after))
  useObservedTurn(list.reload)
  return (
    <div class="stack-loose">
      <PageHeader title={t('observers.title')} lead={t('observers.lead')} />
      {list.rows === undefined ? (
        list.problem ? (
          <ErrorState
            title={t('observers.failed')}
            detail={problemWords(list.problem)}
            requestId={list.problem.requestId}
            onRetry={list.reload}
          />
        ) : (
          <Skeleton form="rows" count={2} />
        )
      ) : list.rows.length === 0 ? (
        <EmptyState icon={Eye} title={t('observers.none')}>
          {t('observers.noneLead')}
        </EmptyState>
      ) : (
        <div class="stack">
          <Card flush>
            <List label={t('observers.title')}>
              {list.rows.map(one => (
                <Row
                  key={one.id}
                  start={<Avatar name={one.name} seed={one.accountId} size={32} />}
                  title={one.name}
                  detail={<Span one={one} />}
                  href={pathTo('observedLearner', { accountId: one.accountId })}
                  end={
                    <Button
                      kind="quiet"
                      size="small"
                      aria-label={t('observers.stop', { name: one.name })}
                      onClick={() =>
                        void endWithUndo(
                          one.id,
                          {
                            ended: t('observers.stopped', { name: one.name }),
                            back: t('observers.nowObserving', { name: one.name }),
                          },
                          list.reload,
                        )
                      }
                    >
                      {t('observers.stopWord')}
                    </Button>
                  }
                />
              ))}
            </List>
          </Card>
          <ShowMore onMore={list.more} busy={list.busy} problem={list.problem && problemWords(list.problem)} />
        </div>
      )}
      <CodeForm first={query.code ?? ''} onDone={list.reload} />
    </div>
  )
}

function CodeForm({ first, onDone }: { readonly first: string; readonly onDone: () => void }) {
  const [code, setCode] = useState(first)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const use = async () => {
    if (busy) return
    const missing = code.trim() === '' ? [{ name: 'code', message: t('observers.codeMissing') }] : []
    setErrors(missing)
    setProblem(undefined)
    if (missing.length > 0) return
    setBusy(true)
    try {
      const { observed } = await useCodeOf(code)
      setCode('')
      showToast({ text: t('observers.nowObserving', { name: observed.name }) })
      onDone()
    } catch (error) {
      setProblem(problemWords(error))
    }
    setBusy(false)
  }
  return (
    <Form onSubmit={() => void use()} errors={errors} problem={problem} label={t('observers.codeLabel')}>
      <Field
        name="code"
        label={t('observers.codeLabel')}
        hint={t('observers.codeHint')}
        value={code}
        onValue={setCode}
        autocomplete="off"
        maxLength={100}
        error={errors[0]?.message}
      />
      <FormActions>
        <Button type="submit" busy={busy}>
          {t('observers.useCode')}
        </Button>
      </FormActions>
    </Form>
  )
}
