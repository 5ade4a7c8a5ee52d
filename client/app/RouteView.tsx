// Shows the page for the address: finds the row, loads its chunk, keeps the old page until the new one is there,
// then sets title, scroll and focus.
import type { ComponentType } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { ErrorBoundary } from '#client/app/ErrorBoundary.tsx'
import { focusHeading } from '#client/app/focus.ts'
import { connection, person } from '#client/app/frame.ts'
import { NotFoundPage } from '#client/app/NotFoundPage.tsx'
import { pathTo } from '#client/app/paths.ts'
import type { Route } from '#client/app/route.ts'
import { findRoute, type Match } from '#client/app/routes.tsx'
import { BareFrame, Shell } from '#client/app/Shell.tsx'
import { restoreScroll } from '#client/app/scroll.ts'
import { setTitle } from '#client/app/title.ts'
import { loadAllTexts, t, textsAreWhole } from '#client/platform/texts.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'

type Page = ComponentType<{
  readonly params: { readonly [name: string]: string }
  readonly query: { readonly [name: string]: string }
}>

type View =
  | { readonly state: 'waiting' }
  | { readonly state: 'absent'; readonly path: string }
  | { readonly state: 'failed'; readonly path: string; readonly match: Match }
  | { readonly state: 'shown'; readonly path: string; readonly match: Match; readonly Page: Page }

const loaded = new Map<Route, Page>()

/** Members read with every word; the first screens, and what strangers and guests see of the others, do with those that came with the program. */
const needsAll = ({ frame }: Route): boolean => frame !== 'bare' && Boolean(person.value) && !person.value?.guest

function viewNow(path: string, match: Match | undefined): View {
  if (!match) return { state: 'absent', path }
  const Page = loaded.get(match.route)
  const worded = textsAreWhole() || !needsAll(match.route)
  return Page && worded ? { state: 'shown', path, match, Page } : { state: 'waiting' }
}

/** The frame and the page in it. */
export function RouteView() {
  const { path, url, query, route: go } = useLocation()
  const match = findRoute(path)
  const locked = match?.route.access === 'signed-in' && !person.value
  const [turn, setTurn] = useState(0)
  const [view, setView] = useState<View>(() => viewNow(path, match))

  useEffect(() => {
    if (locked) {
      if (person.value === null) go(pathTo('signIn', {}, { next: url }), true)
      return
    }
    const now = viewNow(path, match)
    if (now.state !== 'waiting' || !match) {
      setView(now)
      return
    }
    let stale = false
    const { route } = match
    Promise.all([route.load(), needsAll(route) ? loadAllTexts() : undefined]).then(
      ([Page]) => {
        loaded.set(route, Page)
        if (!stale) setView({ state: 'shown', path, match, Page })
      },
      () => {
        if (!stale) setView({ state: 'failed', path, match })
      },
    )
    return () => {
      stale = true
    }
    // `match` follows from `path`; `url` only matters for the way back from the sign-in.
  }, [path, locked, person.value, turn])

  // A page that could not be brought for want of a connection comes by itself once there is one.
  const { online } = connection.value
  const failed = view.state === 'failed'
  useEffect(() => {
    if (failed && online) setTurn(before => before + 1)
  }, [online])

  const first = useRef(true)
  const shownPath = view.state === 'waiting' ? undefined : view.path
  useLayoutEffect(() => {
    if (shownPath === undefined) return
    const title = view.state === 'shown' ? t(view.match.route.title) : t('app.notFoundTitle')
    setTitle(title)
    restoreScroll()
    if (first.current) {
      first.current = false
      return
    }
    return focusHeading(title)
  }, [shownPath])

  const shown = view.state === 'waiting' ? undefined : view
  // A page that still stands while the next is brought keeps the query of its own address.
  const ownQuery = useRef(query)
  if (shownPath === path) ownQuery.current = query
  const framed = shown?.state === 'shown' ? shown.match : match
  const Frame = framed?.route.frame === 'bare' ? BareFrame : Shell
  return (
    <Frame width={shown?.state === 'shown' ? shown.match.route.width : 'column'} path={path}>
      <ErrorBoundary resetBy={path}>
        {shown === undefined || locked ? (
          <Skeleton form="page" />
        ) : shown.state === 'absent' ? (
          <NotFoundPage />
        ) : shown.state === 'failed' ? (
          <ErrorState
            page
            title={t('app.loadFailedTitle')}
            detail={t(online ? 'app.loadFailedDetail' : 'app.loadFailedOffline')}
            onRetry={online ? () => setTurn(turn + 1) : undefined}
          />
        ) : (
          <shown.Page key={shown.path} params={shown.match.params} query={ownQuery.current} />
        )}
      </ErrorBoundary>
    </Frame>
  )
}
