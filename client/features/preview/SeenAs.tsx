// Who saw Lectern with one's own eyes, when and why: on one's own page, and only where somebody did.
import { useSafety } from '#client/features/accounts/safety.ts'
import { me } from '#client/features/accounts/store.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { usePages } from '#client/platform/use-pages.ts'
import { Section } from '#client/ui/Card.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { ShowMore } from '#client/ui/ShowMore.tsx'
import { Time } from '#client/ui/Time.tsx'
import { previewRoutes } from '#protocol/preview.ts'

export function SeenAs() {
  const account = me.value
  return account ? <Views accountId={account.id} /> : null
}

function Views({ accountId }: { readonly accountId: string }) {
  const pages = usePages('views', after =>
    request(previewRoutes.views, { limit: 10, ...(after !== undefined && { after }) }),
  )
  const { rows, problem, more, busy } = pages
  useSafety(pages, accountId)
  if (!rows || rows.length === 0) return null
  return (
    <Section title={t('preview.seenTitle')}>
      <p class="muted">{t('preview.seenLead')}</p>
      <List label={t('preview.seenTitle')}>
        {rows.map(({ id, by, reason, at, until }) => (
          <Row
            key={id}
            title={by}
            detail={
              <>
                <Time at={at} form="dayAndTime" /> {t('preview.seenUntil')} <Time at={until} form="clock" /> ·{' '}
                <bdi>{reason}</bdi>
              </>
            }
          />
        ))}
      </List>
      <ShowMore onMore={more} busy={busy} problem={problem && problemWords(problem)} />
    </Section>
  )
}
