// For administrators: what is asked of everybody's profile, in which order, and who sees it.
import { ArrowDown, ArrowUp, ListPlus, Pencil, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Menu } from '#client/ui/Menu.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { type ProfileField, profileRoutes } from '#protocol/accounts/profile.ts'
import { FieldDialog, kindWord } from './FieldDialog.tsx'
import { seenWords } from './ProfileFields.tsx'

/** /people-fields */
export function FieldsPage(_: PageProps<'profileFields'>) {
  const { value, problem, reload } = useLoad('fields', () => request(profileRoutes.listFields, {}))
  const [editing, setEditing] = useState<ProfileField | 'new'>()

  const attempt = async (act: () => Promise<unknown>, done?: () => void) => {
    try {
      await act()
      done?.()
      reload()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  const remove = ({ id: fieldId, name }: ProfileField) =>
    attempt(
      () => request(profileRoutes.removeField, { fieldId }),
      () =>
        showToast({
          text: t('people.fieldRemoved', { name }),
          onUndo: () => void attempt(() => request(profileRoutes.restoreField, { fieldId })),
        }),
    )
  const move = (fieldId: ProfileField['id'], to: 'up' | 'down') =>
    attempt(() => request(profileRoutes.moveField, { fieldId, to }))

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('people.fields')}
        parent={{ label: t('people.title'), href: pathTo('sitePeople') }}
        lead={t('people.fieldsLead')}
        actions={
          <Button kind="primary" icon={ListPlus} onClick={() => setEditing('new')}>
            {t('people.newField')}
          </Button>
        }
      />
      {!value ? (
        problem ? (
          <ErrorState
            title={t('people.fieldsFailed')}
            detail={problemWords(problem)}
            requestId={problem.requestId}
            onRetry={reload}
          />
        ) : (
          <Skeleton form="rows" count={3} />
        )
      ) : value.items.length === 0 ? (
        <EmptyState icon={ListPlus} title={t('people.fieldsEmpty')}>
          {t('people.fieldsEmptyLead')}
        </EmptyState>
      ) : (
        <div class="card" data-flush>
          <List label={t('people.fields')}>
            {value.items.map((field, index) => (
              <Row
                key={field.id}
                title={field.name}
                detail={`${kindWord(field.kind)} · ${seenWords(field.seenBy)}`}
                end={
                  <Menu
                    label={t('people.fieldMenu', { name: field.name })}
                    items={[
                      { label: t('people.changeField'), icon: Pencil, onSelect: () => setEditing(field) },
                      ...(index > 0
                        ? [{ label: t('people.fieldUp'), icon: ArrowUp, onSelect: () => void move(field.id, 'up') }]
                        : []),
                      ...(index < value.items.length - 1
                        ? [
                            {
                              label: t('people.fieldDown'),
                              icon: ArrowDown,
                              onSelect: () => void move(field.id, 'down'),
                            },
                          ]
                        : []),
                      {
                        label: t('people.removeField'),
                        icon: Trash2,
                        kind: 'danger' as const,
                        onSelect: () => void remove(field),
                      },
                    ]}
                  />
                }
              />
            ))}
          </List>
        </div>
      )}
      {editing && (
        <FieldDialog
          field={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined)
            reload()
          }}
        />
      )}
    </div>
  )
}
