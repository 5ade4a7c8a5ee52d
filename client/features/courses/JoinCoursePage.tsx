// One field: the code of a course. A link or QR code fills it in, and one tap is left.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import { courseCodeLength, readCode } from '#protocol/courses/people.ts'
import { joinCourse } from './store.ts'
import './People.css'

/** Joins as a learner. Whoever is in the course already is simply shown in. */
export function JoinCoursePage({ query }: PageProps<'joinCourse'>) {
  const { route: go } = useLocation()
  const [code, setCode] = useState(() => readCode(query.code ?? '').slice(0, courseCodeLength))
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])

  const send = async () => {
    if (readCode(code).length !== courseCodeLength) {
      setErrors([{ name: 'code', message: t('courses.joinCodeShort') }])
      return
    }
    setErrors([])
    setBusy(true)
    try {
      const { courseId, title } = await joinCourse(code)
      showToast({ text: t('courses.joined', { title }) })
      go(pathTo('course', { courseId }))
    } catch (error) {
      setErrors([{ name: 'code', message: problemWords(error) }])
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class="stack-loose">
      <PageHeader
        title={t('courses.join')}
        parent={{ label: t('courses.title'), href: pathTo('courses') }}
        lead={t('courses.joinLead')}
      />
      <div class="join-course">
        <Form onSubmit={send} errors={errors}>
          <Field
            name="code"
            label={t('courses.joinCode')}
            value={code}
            onValue={setCode}
            error={errors[0]?.message}
            autocomplete="off"
            maxLength={16}
            code
            autoFocus
          />
          <Button kind="primary" type="submit" size="large" wide busy={busy}>
            {t('courses.joinGo')}
          </Button>
        </Form>
      </div>
    </div>
  )
}
