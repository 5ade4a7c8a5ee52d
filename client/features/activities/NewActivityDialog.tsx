// A new activity: its title, then its editor. One component a kind, because the course home mounts them by kind.
import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import { activityRoutes } from '#protocol/activities.ts'
import { kindParts } from './kinds/registry.ts'

/** The dialog that makes an activity of this kind and opens its editor. */
export const newActivityDialog = (kind: ActivityKindName): ComponentType<ItemAdderProps> =>
  function NewActivityDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
    const [title, setTitle] = useState('')
    const [errors, setErrors] = useState<readonly FormError[]>([])
    const [problem, setProblem] = useState<string | undefined>(undefined)
    const [busy, setBusy] = useState(false)
    const location = useLocation()
    const create = async () => {
      const name = title.trim()
      setProblem(undefined)
      setErrors(name === '' ? [{ name: 'title', message: t('activities.writeTitle') }] : [])
      if (name === '' || busy) return
      setBusy(true)
      try {
        const made = await request(activityRoutes.create, { courseId, moduleId, kind, title: name })
        location.route(pathTo('activity', { courseId, activityId: made.id }))
      } catch (error) {
        setProblem(problemWords(error))
        setBusy(false)
      }
    }
    return (
      <Dialog
        open
        onClose={onClose}
        title={kindParts[kind].newTitle}
        actions={
          <>
            <Button kind="quiet" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button kind="primary" busy={busy} onClick={() => void create()}>
              {t('activities.create')}
            </Button>
          </>
        }
      >
        <Form onSubmit={() => void create()} errors={errors} problem={problem}>
          <Field
            name="title"
            label={t('activities.title')}
            value={title}
            onValue={setTitle}
            maxLength={200}
            autoFocus
            error={errors[0]?.message}
          />
        </Form>
      </Dialog>
    )
  }
