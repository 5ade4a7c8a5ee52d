// What the rail and the bar of a phone share: the places everybody goes to, and the tools beside the product's name.
import { BookOpen, CalendarCheck, CalendarDays, Inbox } from 'lucide-preact'
import { inbox, preview } from '#client/app/frame.ts'
import { frameTools } from '#client/app/frame-tools.ts'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import type { LucideIcon } from '#client/ui/Icon.tsx'
import { Unread } from '#client/ui/Unread.tsx'

export type Place = {
  readonly label: string
  readonly href: string
  readonly icon: LucideIcon
  readonly here: boolean
  /** What is new there. */
  readonly unread?: number | undefined
}

/** Where everybody goes, with what is new there. */
export function places(path: string): readonly Place[] {
  const all: readonly Place[] = [
    { label: t('app.today'), href: pathTo('today'), icon: CalendarCheck, here: path === pathTo('today') },
    { label: t('app.courses'), href: pathTo('courses'), icon: BookOpen, here: path === pathTo('courses') },
    {
      label: t('app.inbox'),
      href: pathTo('inbox'),
      icon: Inbox,
      here: path === pathTo('inbox'),
      unread: inbox.value.unread,
    },
    { label: t('calendar.title'), href: pathTo('calendar'), icon: CalendarDays, here: path === pathTo('calendar') },
  ]
  // What is one's own alone is no part of a preview.
  return preview.value ? all.filter(one => one.icon !== Inbox) : all
}

/** How much is new, stronger where somebody is named. */
export function New({ count }: { readonly count: number | undefined }) {
  const tone = inbox.value.mentioned ? 'strong' : undefined
  return <Unread count={count} words={t('app.unreadChannels', { count: count ?? 0 })} tone={tone} />
}

/** What features put beside the product's name. */
export function Tools({ path }: { readonly path: string }) {
  return <>{frameTools().map(({ name, Button }) => Button && <Button key={name} path={path} />)}</>
}
