// Chooses as whom to see a course: a role, a section, a group of each set. Mounted while it is open.
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { beginPreview, previewed, showsPerson } from '#client/platform/preview.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Output } from '#protocol/base/call.ts'
import type { CourseId } from '#protocol/courses.ts'
import { previewRoutes } from '#protocol/preview.ts'
import { roleName } from './words.ts'

interface PreviewDialogProps {
  readonly courseId: CourseId
  readonly onClose: () => void
}

export function PreviewDialog({ courseId, onClose }: PreviewDialogProps) {
  const options = useLoad(courseId, () => request(previewRoutes.options, { courseId }))
  return (
    <Dialog open onClose={onClose} title={t('preview.title')}>
      {options.value ? (
        <Choice courseId={courseId} options={options.value} onClose={onClose} />
      ) : options.problem ? (
        <ErrorState
          title={t('preview.failed')}
          detail={problemWords(options.problem)}
          requestId={options.problem.requestId}
          onRetry={options.reload}
        />
      ) : (
        <Skeleton form="rows" count={3} />
      )}
    </Dialog>
  )
}

const sectionKey = ''

function Choice({
  courseId,
  options,
  onClose,
}: PreviewDialogProps & { readonly options: Output<typeof previewRoutes.options> }) {
  const { roles, sets, groups, title } = options
  const shown = previewed && !showsPerson(previewed) ? previewed.preview : undefined
  const before = shown?.courseId === courseId ? shown : undefined
  const [role, setRole] = useState<string>(before?.role ?? roles[0]?.role ?? '')
  const kept = groups.filter(one => before?.groupIds.includes(one.id))
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(kept.map(one => [one.setId ?? sectionKey, one.id])),
  )
  const choices = [{ id: sectionKey, name: '' }, ...sets]
    .map(set => ({ ...set, groups: groups.filter(one => (one.setId ?? sectionKey) === set.id) }))
    .filter(set => set.groups.length > 0)

  const start = () => {
    const found = roles.find(one => one.role === role)
    if (!found) return
    const inside = groups.filter(one => chosen[one.setId ?? sectionKey] === one.id)
    const preview = { courseId, role: found.role, groupIds: inside.map(one => one.id) }
    try {
      beginPreview(
        { preview, course: title, role: found.name, groups: inside.map(one => one.name) },
        pathTo('course', { courseId }),
      )
    } catch {
      showToast({ text: t('preview.noStorage'), tone: 'bad' })
    }
  }

  return (
    <Form onSubmit={start}>
      <p class="muted">{t('preview.lead')}</p>
      <Field
        type="select"
        name="role"
        label={t('preview.role')}
        value={role}
        onValue={setRole}
        autoFocus
        options={roles.map(one => ({ value: one.role, label: roleName(one) }))}
      />
      {choices.map(set => (
        <Field
          key={set.id}
          type="select"
          name={`group-${set.id}`}
          label={set.id === sectionKey ? t('preview.section') : t('preview.inSet', { set: set.name })}
          value={chosen[set.id] ?? ''}
          onValue={value => setChosen({ ...chosen, [set.id]: value })}
          options={[
            { value: '', label: set.id === sectionKey ? t('preview.noSection') : t('preview.noGroup') },
            ...set.groups.map(one => ({ value: one.id, label: one.name })),
          ]}
        />
      ))}
      <FormActions>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit">
          {t('preview.start')}
        </Button>
      </FormActions>
    </Form>
  )
}
