// Builds a tree of conditions: a group says how what is in it counts, and holds conditions and, to a depth, groups.
import { Plus, X } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { Field } from '#client/ui/Field.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import {
  type ConditionGroup,
  type ConditionNode,
  deepestTree,
  type GroupOp,
  groupOps,
  isGroup,
  mostInGroup,
} from '#protocol/conditions.ts'
import { type Choices, conditionForms, type Draft, formOf } from './kinds.tsx'
import { groupWords } from './words.ts'
import './conditions.css'

export interface DraftGroup {
  readonly op: GroupOp
  readonly of: readonly (Draft | DraftGroup)[]
}

const isDraftGroup = (node: Draft | DraftGroup): node is DraftGroup => 'op' in node

/** A stored tree as the builder has it; an empty one where there is none. */
export const draftOf = (tree: ConditionGroup | null): DraftGroup =>
  tree ? { op: tree.op, of: tree.of.map(one => (isGroup(one) ? draftOf(one) : one)) } : { op: 'all', of: [] }

/** Whether something in it is not finished. */
export const isUnfinished = (group: DraftGroup): boolean =>
  group.of.some(one => (isDraftGroup(one) ? isUnfinished(one) : formOf(one.kind)?.wrong(one) !== undefined))

/** What is written as the wire has it: what is not finished and groups without anything are left out. */
export function treeOf(group: DraftGroup): ConditionGroup | null {
  const of = group.of.flatMap((one): ConditionNode[] => {
    if (isDraftGroup(one)) {
      const inner = treeOf(one)
      return inner ? [inner] : []
    }
    const form = formOf(one.kind)
    return form && form.wrong(one) === undefined ? [form.finish(one)] : []
  })
  return of.length === 0 ? null : { op: group.op, of }
}

export type TreeFieldsProps = {
  readonly group: DraftGroup
  readonly onGroup: (group: DraftGroup) => void
  readonly choices: Choices
  /** Says at each condition what is missing. */
  readonly strict: boolean
  /** 1 for the outermost. */
  readonly depth?: number
}

/** One group with all in it. */
export function TreeFields({ group, onGroup, choices, strict, depth = 1 }: TreeFieldsProps) {
  const put = (place: number, one: Draft | DraftGroup) => onGroup({ ...group, of: group.of.with(place, one) })
  const take = (place: number) => onGroup({ ...group, of: group.of.filter((_, at) => at !== place) })
  const add = (one: Draft | DraftGroup) => onGroup({ ...group, of: [...group.of, one] })
  const label = t(depth === 1 ? 'conditions.conditions' : 'conditions.group')
  return (
    <fieldset class="condition-group" aria-label={label}>
      {(group.of.length > 0 || depth > 1) && (
        <Field
          type="select"
          name="op"
          label={t('conditions.op')}
          value={group.op}
          options={groupOps.map(op => ({ value: op, label: groupWords(op) }))}
          onValue={value => onGroup({ ...group, op: groupOps.find(op => op === value) ?? 'all' })}
        />
      )}
      {group.of.map((one, place) => (
        <div key={`${place} ${isDraftGroup(one) ? 'group' : one.kind}`} class="condition-row">
          {isDraftGroup(one) ? (
            <div class="condition-fields">
              <TreeFields
                group={one}
                onGroup={next => put(place, next)}
                choices={choices}
                strict={strict}
                depth={depth + 1}
              />
            </div>
          ) : (
            <Leaf draft={one} onDraft={next => put(place, next)} choices={choices} strict={strict} />
          )}
          <IconButton icon={X} label={t('conditions.remove', { number: place + 1 })} onClick={() => take(place)} />
        </div>
      ))}
      {group.of.length < mostInGroup && (
        <div>
          <Menu
            label={t('conditions.add')}
            labelShown
            class="add-menu"
            items={[
              ...conditionForms()
                .filter(form => form.offered(choices))
                .map(form => ({ label: t(form.label), onSelect: () => add(form.start(choices)) })),
              ...(depth < deepestTree
                ? ['line' as const, { label: t('conditions.group'), onSelect: () => add({ op: 'any', of: [] }) }]
                : []),
            ]}
          >
            <Icon as={Plus} />
            {t('conditions.add')}
          </Menu>
        </div>
      )}
    </fieldset>
  )
}

type LeafProps = {
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  readonly choices: Choices
  readonly strict: boolean
}

function Leaf({ draft, onDraft, choices, strict }: LeafProps) {
  const form = formOf(draft.kind)
  if (!form) return <p class="condition-fields muted">{t('conditions.unseen')}</p>
  return (
    <div class="condition-fields">
      <form.Fields draft={draft} onDraft={onDraft} choices={choices} error={strict ? form.wrong(draft) : undefined} />
    </div>
  )
}
