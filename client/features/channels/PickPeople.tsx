// Choosing people one may write to: a search and the names that fit, those chosen first.
import { Check } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { inboxRoutes, mostInGroup } from '#protocol/channels/inbox.ts'
import type { ChannelPerson } from '#protocol/channels.ts'
import './Talk.css'

export type PickPeopleProps = {
  readonly picked: readonly ChannelPerson[]
  readonly onPicked: (picked: readonly ChannelPerson[]) => void
  /** No more than these. */
  readonly most: number
  /** Who is not offered, by id: they are in it already. */
  readonly within?: readonly string[] | undefined
}

/** How long typing rests before people are looked for, in milliseconds. */
const restMs = 200

/** The search and its list; whom one has blocked is not offered. */
export function PickPeople({ picked, onPicked, most, within = [] }: PickPeopleProps) {
  const [typed, setTyped] = useState('')
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), restMs)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useLoad(`contacts ${q}`, () => request(inboxRoutes.contacts, { q, limit: 20 + within.length }))
  const isPicked = (id: string) => picked.some(one => one.id === id)
  const toggle = (one: ChannelPerson) =>
    onPicked(isPicked(one.id) ? picked.filter(other => other.id !== one.id) : [...picked, one])
  const offered = found.value?.items.filter(one => !one.blocked && !isPicked(one.id) && !within.includes(one.id)) ?? []
  const shown = [...picked, ...offered]
  const full = picked.length >= most
  return (
    <>
      <Field type="search" name="q" label={t('channels.findPeople')} value={typed} onValue={setTyped} />
      {found.problem && !found.value ? (
        <ErrorState title={t('channels.peopleFailed')} detail={problemWords(found.problem)} onRetry={found.reload} />
      ) : !found.value ? (
        <Skeleton form="rows" />
      ) : shown.length === 0 ? (
        <EmptyState title={q === '' ? t('channels.nobodyYet') : t('channels.nobodyFound')}>
          {q === '' ? t('channels.nobodyYetDetail') : t('channels.nobodyFoundDetail')}
        </EmptyState>
      ) : (
        <>
          {full && <p class="muted">{t('channels.groupFull', { most: mostInGroup })}</p>}
          <ul class="contacts" aria-label={t('channels.people')}>
            {shown.map(one => {
              const on = isPicked(one.id)
              return (
                <li key={one.id}>
                  <button
                    type="button"
                    class="contact"
                    aria-pressed={on}
                    disabled={!on && full}
                    onClick={() => toggle({ id: one.id, name: one.name })}
                  >
                    <Avatar name={one.name} seed={one.id} size={24} />
                    <bdi>{one.name}</bdi>
                    {on && <Icon as={Check} />}
                  </button>
                </li>
              )
            })}
          </ul>
        </>
      )}
    </>
  )
}
