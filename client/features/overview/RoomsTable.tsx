// The open classes, those that want attention first. Each number opens who or what it counts.
import { Radio, TriangleAlert } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Room } from '#protocol/overview.ts'
import type { Opened } from './RoomPane.tsx'

/** What the server counts at most. */
const mostCounted = 500
const countWord = (count: number): string =>
  count >= mostCounted ? t('overview.most', { count: mostCounted }) : String(count)

const percentOf = ({ question, connected }: Room): number | null =>
  question === null || connected === 0 ? null : Math.round((100 * question.answered) / connected)

export interface RoomsTableProps {
  readonly rooms: readonly Room[]
  readonly onOpen: (opened: Opened) => void
}

export function RoomsTable({ rooms, onOpen }: RoomsTableProps) {
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState('all')
  if (rooms.length === 0)
    return (
      <EmptyState icon={Radio} title={t('overview.empty')}>
        {t('overview.emptyDetail')}
      </EmptyState>
    )
  const word = search.trim().toLocaleLowerCase()
  const shown = rooms.filter(
    room =>
      (filter === 'all' || room.attention !== null) &&
      [room.title, room.courseTitle, ...room.hosts].some(text => text.toLocaleLowerCase().includes(word)),
  )
  return (
    <div class="stack">
      <div class="overview-tools">
        <div class="overview-search">
          <Field
            type="search"
            name="search"
            label={t('overview.search')}
            labelHidden
            placeholder={t('overview.search')}
            value={search}
            onValue={setSearch}
          />
        </div>
        <Field
          type="select"
          name="filter"
          label={t('overview.filter')}
          labelHidden
          value={filter}
          onValue={setFilter}
          options={[
            { value: 'all', label: t('overview.filterAll') },
            { value: 'attention', label: t('overview.filterAttention') },
          ]}
        />
      </div>
      <div class="overview-table">
        <Table
          label={t('overview.classes')}
          columns={columnsFor(onOpen)}
          rows={shown}
          rowKey={room => room.runId}
          empty={
            word === '' ? (
              <EmptyState title={t('overview.calm')}>{t('overview.calmDetail')}</EmptyState>
            ) : (
              <EmptyState title={t('overview.noMatch')}>{t('overview.noMatchDetail')}</EmptyState>
            )
          }
        />
      </div>
    </div>
  )
}

function columnsFor(onOpen: (opened: Opened) => void): readonly Column<Room>[] {
  const people = (
    key: 'connected' | 'reconnecting' | 'joined',
    head: string,
    filter: 'here' | 'joined' | 'reconnecting',
    words: (room: Room, count: number) => string,
  ): Column<Room> => {
    const count = (room: Room) => (key === 'joined' ? room.figures.joined : room[key])
    return {
      key,
      head,
      value: count,
      numeric: true,
      sortable: true,
      cell: room => (
        <button
          type="button"
          class="overview-count"
          aria-label={words(room, count(room))}
          data-trouble={(key === 'reconnecting' && room.attention === 'reconnecting') || undefined}
          onClick={() => onOpen({ is: 'people', room, filter })}
        >
          {count(room)}
        </button>
      ),
    }
  }
  return [
    {
      key: 'class',
      head: t('overview.class'),
      value: room => room.title,
      sortable: true,
      rowHead: true,
      cell: room => <ClassCell room={room} />,
    },
    people('connected', t('overview.here'), 'here', ({ title }, count) => t('overview.hereOf', { count, title })),
    {
      key: 'answered',
      head: t('overview.answered'),
      value: percentOf,
      numeric: true,
      sortable: true,
      cell: room => <AnsweredCell room={room} onOpen={onOpen} />,
    },
    people('reconnecting', t('overview.reconnecting'), 'reconnecting', ({ title }, count) =>
      t('overview.reconnectingOf', { count, title }),
    ),
    people('joined', t('overview.joined'), 'joined', ({ title }, count) => t('overview.joinedOf', { count, title })),
    {
      key: 'messages',
      head: t('overview.messages'),
      value: room => room.messages,
      numeric: true,
      sortable: true,
      cell: room => (
        <button
          type="button"
          class="overview-count"
          aria-label={t('overview.messagesOf', { many: countWord(room.messages), title: room.title })}
          onClick={() => onOpen({ is: 'chat', room })}
        >
          {countWord(room.messages)}
        </button>
      ),
    },
    {
      key: 'edits',
      head: t('overview.edits'),
      value: room => room.noteEdits,
      numeric: true,
      sortable: true,
      cell: room =>
        room.noteId === null ? (
          countWord(room.noteEdits)
        ) : (
          <a
            class="overview-count"
            href={pathTo('note', { courseId: room.courseId, noteId: room.noteId })}
            aria-label={t('overview.editsOf', { many: countWord(room.noteEdits), title: room.title })}
          >
            {countWord(room.noteEdits)}
          </a>
        ),
    },
    { key: 'hosts', head: t('overview.hosts'), value: room => room.hosts.join(', '), sortable: true },
    {
      key: 'since',
      head: t('overview.since'),
      value: room => room.startedAt,
      sortable: true,
      cell: room => <Time at={room.startedAt} form="clock" />,
    },
  ]
}

function ClassCell({ room }: { readonly room: Room }) {
  const { attention, question } = room
  return (
    <div class="overview-class">
      <a href={pathTo('remote', { runId: room.runId })}>{room.title}</a>
      {room.courseTitle !== room.title && <span class="muted">{room.courseTitle}</span>}
      {attention && (
        <Badge tone="warn" icon={TriangleAlert}>
          {attention === 'silent'
            ? t('overview.silent', { answered: question?.answered ?? 0, here: room.connected })
            : t('overview.lost', { lost: room.reconnecting, all: room.connected + room.reconnecting })}
        </Badge>
      )}
    </div>
  )
}

function AnsweredCell({ room, onOpen }: { readonly room: Room; readonly onOpen: (opened: Opened) => void }) {
  const percent = percentOf(room)
  if (percent === null || !room.question) return <span class="muted">–</span>
  const { answered, title: question } = room.question
  return (
    <button
      type="button"
      class="overview-count"
      data-trouble={room.attention === 'silent' || undefined}
      aria-label={t('overview.answeredOf', { percent, answered, here: room.connected, question, title: room.title })}
      onClick={() => onOpen({ is: 'people', room, filter: 'silent' })}
    >
      {t('overview.percent', { count: percent })}
    </button>
  )
}
