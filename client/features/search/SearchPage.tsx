// Search through everything one may open. What is looked for is in the address, so that back comes back to it; what
// others write meanwhile is found without asking again.
import { Search, SearchX } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { courses } from '#client/app/frame.ts'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { usePageTitle } from '#client/app/title.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { List } from '#client/ui/List.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { LinkTabs } from '#client/ui/Tabs.tsx'
import { type Hit, type HitGroup, hitGroups, searchRoutes } from '#protocol/search.ts'
import { HitRow } from './HitRow.tsx'
import './search.css'

const pageSize = 20
/** How long nothing is typed before the server is asked, in milliseconds. */
const pauseMs = 250
/** How often what is in sight is looked for again, in milliseconds. */
const againMs = 8_000

const groupWords: { readonly [G in HitGroup]: PlainTextKey } = {
  page: 'search.page',
  forum: 'search.forum',
  chat: 'search.chat',
  note: 'search.note',
  entry: 'search.entry',
  lesson: 'search.lesson',
  file: 'search.file',
  item: 'search.item',
  course: 'search.courses',
  person: 'search.person',
}
const groups = Object.keys(hitGroups) as HitGroup[]

interface Asked {
  readonly words: string
  readonly group: HitGroup | undefined
  readonly courseId: string | undefined
}

const addressOf = ({ words, group, courseId }: Asked): string =>
  pathTo('search', {}, { q: words || undefined, kind: group, course: courseId })

interface Results {
  readonly items: readonly Hit[]
  readonly more: boolean
}

/** The first `count` hits. */
async function hitsUpTo({ words, group, courseId }: Asked, count: number): Promise<Results> {
  const items: Hit[] = []
  let after: string | undefined
  do {
    const page = await request(searchRoutes.everything, {
      ...{ words, limit: pageSize },
      ...(group ? { group } : {}),
      ...(courseId ? { courseId } : {}),
      ...(after ? { after } : {}),
    })
    items.push(...page.items)
    after = page.next
  } while (after && items.length < count)
  return { items, more: after !== undefined }
}

/** /search */
export function SearchPage({ query }: PageProps<'search'>) {
  usePageTitle(query.q ? `${query.q} · ${t('search.title')}` : t('search.title'))
  const { route } = useLocation()
  const group = groups.find(one => one === query.kind)
  const asked: Asked = { words: query.q ?? '', group, courseId: query.course || undefined }
  const [typed, setTyped] = useState(asked.words)
  const sent = useRef(asked.words)
  const field = useRef<HTMLInputElement>(null)

  // Back and forward change what is typed; what one's own typing brought into the address does not.
  useEffect(() => {
    if (asked.words !== sent.current) setTyped(asked.words)
    sent.current = asked.words
  }, [asked.words])
  useEffect(() => {
    if (typed === sent.current) return
    const timer = setTimeout(() => {
      sent.current = typed
      route(addressOf({ ...asked, words: typed }), true)
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [typed])

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event, field.current)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])

  const known = courses.value.map(({ id, title }) => ({ value: id, label: title }))
  const options = [
    { value: '', label: t('search.allCourses') },
    ...known,
    ...(asked.courseId && !known.some(one => one.value === asked.courseId)
      ? [{ value: asked.courseId, label: t('search.oneCourse') }]
      : []),
  ]
  const tabs = [
    { label: t('search.all'), href: addressOf({ ...asked, group: undefined }) },
    ...groups.map(one => ({ label: t(groupWords[one]), href: addressOf({ ...asked, group: one }) })),
  ]
  return (
    <div class="stack">
      <PageHeader title={t('search.title')} />
      <search class="search-head">
        <Field
          type="search"
          name="words"
          label={t('search.field')}
          value={typed}
          onValue={setTyped}
          inputRef={field}
          autocomplete="off"
          maxLength={200}
          autoFocus={asked.words === ''}
        />
        <Field
          type="select"
          name="course"
          label={t('search.course')}
          value={asked.courseId ?? ''}
          onValue={courseId => route(addressOf({ ...asked, courseId: courseId || undefined }))}
          options={options}
        />
      </search>
      <LinkTabs label={t('search.kinds')} tabs={tabs} current={addressOf(asked)} />
      {asked.words.trim() === '' ? (
        <EmptyState icon={Search} title={t('search.empty')}>
          {t('search.emptyDetail')}
        </EmptyState>
      ) : (
        <Found asked={asked} />
      )}
    </div>
  )
}

/** Arrows go through what was found, from the field and back to it. */
function step(event: KeyboardEvent, field: HTMLInputElement | null): void {
  const from = document.activeElement
  if (from instanceof HTMLSelectElement) return
  const links = [...document.querySelectorAll<HTMLElement>('.search-results .row-title')]
  const at = links.findIndex(one => one.isSameNode(from))
  if (at < 0 && from !== field) return
  const to = event.key === 'ArrowDown' ? links[at + 1] : at > 0 ? links[at - 1] : at === 0 ? field : undefined
  if (!to) return
  event.preventDefault()
  to.focus()
}

function Found({ asked }: { readonly asked: Asked }) {
  const key = addressOf(asked)
  const count = useRef({ key, many: pageSize })
  if (count.current.key !== key) count.current = { key, many: pageSize }
  const { value, problem, loading, reload } = useLoad(key, () => hitsUpTo(asked, count.current.many))
  // What was found for the letters before stays in sight until there is an answer to these.
  const last = useRef<Results>(undefined)
  if (value) last.current = value
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload()
    }, againMs)
    return () => clearInterval(timer)
  }, [reload])

  const shown = value ?? last.current
  if (problem && !value)
    return (
      <ErrorState
        title={t('search.failed')}
        detail={problemWords(problem)}
        requestId={problem.requestId}
        onRetry={reload}
      />
    )
  if (!shown) return <Skeleton form="rows" count={6} />
  const { items, more } = shown
  const narrowed = asked.group !== undefined || asked.courseId !== undefined
  const said = !value
    ? t('search.searching')
    : more
      ? t('search.countMore', { count: items.length })
      : t('search.count', { count: items.length })
  return (
    <>
      <p class="muted" role="status">
        {said}
      </p>
      <div class="search-results" aria-busy={!value}>
        {items.length > 0 ? (
          <List label={t('search.results')}>
            {items.map(hit => (
              <HitRow key={hit.id} hit={hit} />
            ))}
          </List>
        ) : (
          <EmptyState
            icon={SearchX}
            title={t('search.nothing', { words: asked.words.trim() })}
            action={
              narrowed && (
                <ButtonLink href={addressOf({ ...asked, group: undefined, courseId: undefined })}>
                  {t('search.clear')}
                </ButtonLink>
              )
            }
          >
            {t(narrowed ? 'search.nothingHere' : 'search.nothingDetail')}
          </EmptyState>
        )}
        {more && (
          <div class="search-more">
            <Button
              busy={loading}
              onClick={() => {
                count.current.many = items.length + pageSize
                reload()
              }}
            >
              {t('search.more')}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}
