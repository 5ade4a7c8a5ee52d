// Whom one has shut out, and letting them in again.
import { ShieldBan } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { AccountId } from '#protocol/base/ids.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import type { ChannelPerson } from '#protocol/channels.ts'

const pageSize = 50

async function blockedUpTo(count: number) {
  const items: ChannelPerson[] = []
  let after: string | undefined
  do {
    const page = await request(inboxRoutes.blocks, { limit: pageSize, ...(after ? { after } : {}) })
    items.push(...page.items)
    after = page.next
  } while (after && items.length < count)
  return { items, more: after !== undefined }
}

/** /you/blocked */
export function BlockedPage(_: PageProps<'blocked'>) {
  const [count, setCount] = useState(pageSize)
  const { value, problem, reload } = useLoad(`blocked ${count}`, () => blockedUpTo(count))
  // Gone at once, and back when that fails.
  const [gone, setGone] = useState<readonly string[]>([])
  const put = (id: string, where: 'gone' | 'listed') =>
    setGone(now => [...now.filter(one => one !== id), ...(where === 'gone' ? [id] : [])])
  const tell = (error: unknown) => void showToast({ text: problemWords(error), tone: 'bad' })
  const undo = ({ id }: ChannelPerson) =>
    void request(inboxRoutes.block, { accountId: id as AccountId }).then(() => {
      put(id, 'listed')
      reload()
    }, tell)
  const unblock = (person: ChannelPerson) => {
    const { id, name } = person
    put(id, 'gone')
    request(inboxRoutes.unblock, { accountId: id as AccountId }).then(
      () => showToast({ text: t('channels.unblocked', { name }), onUndo: () => undo(person) }),
      (error: unknown) => {
        put(id, 'listed')
        tell(error)
      },
    )
  }
  const shown = value?.items.filter(one => !gone.includes(one.id))
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('channels.blockedTitle')}
        parent={{ label: t('app.sessions'), href: pathTo('sessions') }}
        lead={<p class="muted">{t('channels.blockedLead')}</p>}
      />
      {problem && !value ? (
        <ErrorState
          title={t('channels.blockedFailed')}
          detail={problemWords(problem)}
          requestId={problem.requestId}
          onRetry={reload}
        />
      ) : !shown ? (
        <Skeleton form="rows" />
      ) : shown.length === 0 ? (
        <EmptyState icon={ShieldBan} title={t('channels.blockedNobody')}>
          {t('channels.blockedNobodyDetail')}
        </EmptyState>
      ) : (
        <div class="card" data-flush>
          <List label={t('channels.blockedTitle')}>
            {shown.map(one => (
              <Row
                key={one.id}
                start={<Avatar name={one.name} seed={one.id} />}
                title={<bdi>{one.name}</bdi>}
                end={
                  <Button aria-label={t('channels.unblockNamed', { name: one.name })} onClick={() => unblock(one)}>
                    {t('channels.unblock')}
                  </Button>
                }
              />
            ))}
          </List>
        </div>
      )}
      {value?.more && (
        <div>
          <Button onClick={() => setCount(count + pageSize)}>{t('channels.more')}</Button>
        </div>
      )}
    </div>
  )
}

/** The way here from one's own page. */
export function BlockedWay() {
  return (
    <Section title={t('channels.blockedTitle')}>
      <div class="stack">
        <p class="muted">{t('channels.blockedLead')}</p>
        <div>
          <ButtonLink icon={ShieldBan} href={pathTo('blocked')}>
            {t('channels.blockedShow')}
          </ButtonLink>
        </div>
      </div>
    </Section>
  )
}
