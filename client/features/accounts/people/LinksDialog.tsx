// A link for everybody of a list who has no password yet, made at once and taken away as one file. The file is as good as
// the passwords of all of them, so this says so before it makes any, and keeps nothing when it closes.
import { Download } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { shareLink } from '#client/platform/share-origin.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { toCsv } from '#client/ui/csv.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { FormActions } from '#client/ui/Form.tsx'
import { Progress } from '#client/ui/Progress.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type LinkRefusal, mostLinks, type PersonLink, peopleRoutes } from '#protocol/accounts/people.ts'
import type { AccountId } from '#protocol/base/ids.ts'

/** Of whom links are made: read when the dialog opens, a page at a time. */
export interface LinkList {
  readonly key: string
  readonly page: (
    after: string | undefined,
  ) => Promise<{ readonly items: readonly Listed[]; readonly next?: string | undefined }>
}

interface Listed {
  readonly accountId: AccountId
  readonly name: string
}

const refusalTexts = {
  gone: 'people.linkGone',
  suspended: 'people.linkSuspended',
  'no-email': 'people.linkNoEmail',
  'comes-in': 'people.linkComesIn',
} as const satisfies Record<LinkRefusal, string>

/** Everybody of the list, in its order. */
async function everybody(list: LinkList): Promise<Listed[]> {
  const found: Listed[] = []
  for (let after: string | undefined; ; ) {
    const page = await list.page(after)
    found.push(...page.items)
    if (page.next === undefined) return found
    after = page.next
  }
}

interface Made {
  readonly links: readonly PersonLink[]
  readonly refused: readonly { readonly accountId: AccountId; readonly name: string; readonly why: LinkRefusal }[]
}

/** Opened by a byte order mark, or spreadsheets take the names for Windows text. */
const fileOf = (links: readonly PersonLink[]): string =>
  `\ufeff${toCsv([
    [t('people.name'), t('people.email'), t('people.link')],
    ...links.map(one => [one.name, one.email, shareLink(pathTo('invitation', { token: one.token }))]),
  ])}`

interface LinksDialogProps {
  readonly list: LinkList
  readonly onClose: () => void
}

export function LinksDialog({ list, onClose }: LinksDialogProps) {
  const people = useLoad(list.key, () => everybody(list))
  const [made, setMade] = useState<Made>({ links: [], refused: [] })
  const [state, setState] = useState<'asks' | 'makes' | 'made'>('asks')
  const [problem, setProblem] = useState<string>()
  const all = people.value ?? []
  const handled = made.links.length + made.refused.length

  // What was made before a batch failed has ended earlier links already: it is handed out all the same.
  const make = async () => {
    setState('makes')
    setProblem(undefined)
    let now = made
    try {
      for (let at = handled; at < all.length; at += mostLinks) {
        const some = all.slice(at, at + mostLinks)
        const answer = await request(peopleRoutes.makeSignInLinks, { accountIds: some.map(one => one.accountId) })
        const nameOf = new Map(some.map(one => [one.accountId, one.name]))
        const refused = answer.refused.map(one => ({ ...one, name: nameOf.get(one.accountId) ?? '' }))
        now = { links: [...now.links, ...answer.links], refused: [...now.refused, ...refused] }
        setMade(now)
      }
    } catch (error) {
      setProblem(problemWords(error))
    }
    setState(now.links.length + now.refused.length > 0 ? 'made' : 'asks')
  }

  return (
    // While links are made they are nowhere but here: it stays until there is a file to save.
    <Dialog open onClose={() => state !== 'makes' && onClose()} title={t('people.linksTitle')}>
      <div class="stack">
        {state === 'made' ? (
          <>
            <p role="status">{t('people.linksMade', { count: made.links.length })}</p>
            <p class="muted">{t('people.linksOnce')}</p>
            {made.refused.length > 0 && (
              <Banner tone="warn" title={t('people.linksRefused')}>
                {made.refused.map(one => (
                  <p key={one.accountId}>
                    <bdi>{one.name}</bdi>: {t(refusalTexts[one.why])}
                  </p>
                ))}
              </Banner>
            )}
          </>
        ) : people.problem ? (
          <ErrorState title={t('people.failed')} detail={problemWords(people.problem)} onRetry={people.reload} />
        ) : !people.value ? (
          <Skeleton form="rows" count={2} />
        ) : (
          <>
            <p>{t('people.linksLead', { count: all.length })}</p>
            <Banner tone="warn">{t('people.linksCareful')}</Banner>
          </>
        )}
        {state === 'makes' && (
          <Progress
            label={t('people.linksTitle')}
            value={handled}
            max={all.length}
            words={`${handled.toLocaleString(locale)} / ${all.length.toLocaleString(locale)}`}
          />
        )}
        {problem && <Banner tone="bad">{problem}</Banner>}
        <FormActions>
          <Button disabled={state === 'makes'} onClick={onClose}>
            {t(state === 'made' ? 'people.linksDone' : 'ui.cancel')}
          </Button>
          {state !== 'made' || handled < all.length ? (
            <Button kind="primary" busy={state === 'makes'} disabled={all.length === 0} onClick={() => void make()}>
              {t('people.linksMake', { count: all.length - handled })}
            </Button>
          ) : null}
          {state === 'made' && made.links.length > 0 && (
            <ButtonLink
              kind="primary"
              icon={Download}
              href={`data:text/csv;charset=utf-8,${encodeURIComponent(fileOf(made.links))}`}
              download="links.csv"
            >
              {t('people.linksSave')}
            </ButtonLink>
          )}
        </FormActions>
      </div>
    </Dialog>
  )
}
