// Courses of which nothing goes by age, each with its reason; one more is found by its title.
import { useState } from 'preact/hooks'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useSettled } from '#client/platform/use-settled.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, FormActions } from '#client/ui/Form.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { courseRoutes } from '#protocol/courses.ts'
import { type CourseHold, privacyRoutes } from '#protocol/privacy.ts'

interface HeldCoursesProps {
  readonly holds: readonly CourseHold[]
  readonly onChanged: () => void
}

export function HeldCourses({ holds, onChanged }: HeldCoursesProps) {
  const [adding, setAdding] = useState(false)
  const put = async ({ courseId, reason }: CourseHold) => {
    await request(privacyRoutes.holdCourse, { courseId, reason })
    onChanged()
  }
  const release = async (one: CourseHold) => {
    try {
      await request(privacyRoutes.releaseCourse, { courseId: one.courseId })
      showToast({ text: t('privacy.released', { title: one.title }), onUndo: () => void put(one) })
      onChanged()
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }
  return (
    <Section title={t('privacy.holds')} actions={<Button onClick={() => setAdding(true)}>{t('privacy.hold')}</Button>}>
      <p class="muted">{t('privacy.holdsLead')}</p>
      {holds.length === 0 ? (
        <p>{t('privacy.holdsEmpty')}</p>
      ) : (
        <List label={t('privacy.holds')}>
          {holds.map(one => (
            <Row
              key={one.courseId}
              href={pathTo('course', { courseId: one.courseId })}
              title={one.title}
              detail={
                <>
                  {t('privacy.heldBy', { reason: one.reason, name: one.by })} · <Time at={one.at} form="day" />
                </>
              }
              end={
                <Button kind="quiet" onClick={() => void release(one)}>
                  {t('privacy.release')}
                </Button>
              }
            />
          ))}
        </List>
      )}
      {adding && (
        <HoldDialog
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false)
            onChanged()
          }}
        />
      )}
    </Section>
  )
}

const mostFound = 8

function HoldDialog({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const [search, setSearch] = useState('')
  const [picked, setPicked] = useState('')
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<readonly { name: string; message: string }[]>([])
  const [busy, setBusy] = useState(false)
  const asked = useSettled(search.trim())
  const found = useLoad(`held ${asked}`, () =>
    request(courseRoutes.list, { all: true, limit: mostFound, ...(asked === '' ? {} : { search: asked }) }),
  )
  const courses = found.value?.items ?? []
  const errorAt = (field: string) => errors.find(one => one.name === field)?.message
  const send = async () => {
    if (busy) return
    const course = courses.find(one => one.id === picked)
    const missing = [
      ...(course ? [] : [{ name: 'course', message: t('privacy.holdNeedCourse') }]),
      ...(reason.trim() === '' ? [{ name: 'reason', message: t('privacy.needReason') }] : []),
    ]
    setErrors(missing)
    if (!course || missing.length > 0) return
    setBusy(true)
    try {
      await request(privacyRoutes.holdCourse, { courseId: course.id, reason })
      showToast({ text: t('privacy.held', { title: course.title }) })
      onDone()
    } catch (error) {
      setErrors([{ name: 'reason', message: problemWords(error) }])
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('privacy.hold')}>
      <Form onSubmit={() => void send()} errors={[...errors]}>
        <Field
          type="search"
          name="search"
          label={t('courses.search')}
          value={search}
          onValue={setSearch}
          autocomplete="off"
        />
        <Field
          type="select"
          name="course"
          label={t('privacy.holdPick')}
          value={picked}
          onValue={setPicked}
          options={[{ value: '', label: '–' }, ...courses.map(one => ({ value: one.id, label: one.title }))]}
          error={errorAt('course')}
        />
        <Field
          name="reason"
          label={t('privacy.reason')}
          maxLength={300}
          value={reason}
          onValue={setReason}
          autocomplete="off"
          error={errorAt('reason')}
        />
        <FormActions>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="primary" busy={busy}>
            {t('privacy.hold')}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
