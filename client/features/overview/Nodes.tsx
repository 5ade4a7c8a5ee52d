// How the nodes are: the rows behind errors and waiting jobs.
import { t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { type Column, Table } from '#client/ui/Table.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { NodeHealth } from '#protocol/overview.ts'

const redisWords = { up: 'overview.redisUp', down: 'overview.redisDown', none: 'overview.redisNone' } as const

const figure = (
  key: 'sockets' | 'lagMs' | 'memoryMb' | 'faults' | 'databaseMs',
  head: string,
  words: (count: number) => string,
): Column<NodeHealth> => ({
  key,
  head,
  value: node => node[key],
  cell: node => words(node[key]),
  numeric: true,
  sortable: true,
})

export function Nodes({ nodes }: { readonly nodes: readonly NodeHealth[] }) {
  const ms = (count: number) => t('overview.ms', { count: Math.round(count) })
  const columns: readonly Column<NodeHealth>[] = [
    { key: 'name', head: t('overview.node'), value: node => node.name, sortable: true, rowHead: true },
    { key: 'version', head: t('overview.version'), value: node => node.build },
    {
      key: 'since',
      head: t('overview.since'),
      value: node => node.startedAt,
      cell: node => <Time at={node.startedAt} />,
      sortable: true,
    },
    figure('sockets', t('overview.sockets'), String),
    figure('lagMs', t('overview.lag'), ms),
    figure('memoryMb', t('overview.memory'), count => t('overview.megabytes', { count })),
    figure('faults', t('overview.faults'), String),
    figure('databaseMs', t('overview.database'), ms),
    { key: 'redis', head: t('overview.redis'), value: node => t(redisWords[node.redis]) },
  ]
  return (
    <Section title={t('overview.nodes')}>
      <div class="overview-table">
        <Table
          label={t('overview.nodes')}
          columns={columns}
          rows={nodes}
          rowKey={node => node.id}
          empty={<EmptyState title={t('overview.stale')} />}
        />
      </div>
    </Section>
  )
}
