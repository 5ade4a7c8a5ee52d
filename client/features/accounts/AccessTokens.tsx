// The access tokens of a person: what programs come in by in their place, each with a way to end it.
import { KeySquare, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Link } from '#client/ui/Link.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type AccessToken, tokenRoutes } from '#protocol/accounts/tokens.ts'
import { NewTokenDialog } from './NewTokenDialog.tsx'
import { useSafety } from './safety.ts'
import { reachOf } from './token-parts.ts'

/** The section of /you. */
export function AccessTokens({ accountId }: { readonly accountId: string }) {
  const tokens = useLoad(accountId, () => request(tokenRoutes.listTokens, {}))
  useSafety(tokens, accountId)
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState<string | undefined>(undefined)

  const end = async (token: AccessToken) => {
    setEnding(token.id)
    try {
      await request(tokenRoutes.revokeToken, { tokenId: token.id })
      showToast({ text: t('accounts.tokenEnded', { name: token.name }) })
      tokens.reload()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    } finally {
      setEnding(undefined)
    }
  }

  return (
    <Section
      title={t('accounts.tokens')}
      actions={
        <Button kind="quiet" icon={Plus} onClick={() => setMaking(true)}>
          {t('accounts.tokenNew')}
        </Button>
      }
    >
      <p class="muted">
        {t('accounts.tokensLead')} <Link href={pathTo('apiDocs')}>{t('accounts.tokensDocs')}</Link>
      </p>
      {tokens.value === undefined ? (
        tokens.problem ? (
          <ErrorState
            title={t('accounts.tokensFailed')}
            detail={problemWords(tokens.problem)}
            onRetry={tokens.reload}
          />
        ) : (
          <Skeleton form="rows" count={1} />
        )
      ) : (
        tokens.value.items.length > 0 && (
          <List label={t('accounts.tokens')}>
            {tokens.value.items.map(token => (
              <Row
                key={token.id}
                start={<Icon as={KeySquare} size={20} />}
                title={token.name}
                detail={
                  <>
                    {reachOf(token.scopes)} ·{' '}
                    {token.lastUsedAt ? (
                      <>
                        {t('accounts.tokenUsed')} <Time at={token.lastUsedAt} />
                      </>
                    ) : (
                      t('accounts.tokenUnused')
                    )}
                    {token.expiresAt && (
                      <>
                        {' · '}
                        {t('accounts.tokenExpires')} <Time at={token.expiresAt} form="day" />
                      </>
                    )}
                  </>
                }
                end={
                  <Button
                    kind="quiet"
                    busy={ending === token.id}
                    aria-label={t('accounts.tokenEndOf', { name: token.name })}
                    onClick={() => void end(token)}
                  >
                    {t('accounts.tokenEnd')}
                  </Button>
                }
              />
            ))}
          </List>
        )
      )}
      <NewTokenDialog open={making} onClose={() => setMaking(false)} onMade={tokens.reload} />
    </Section>
  )
}
