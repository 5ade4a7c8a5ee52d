// The first page for people without an account: the code of a class, and the way to sign in. Nothing else.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { focusByHand } from '#client/app/focus.ts'
import { pathTo } from '#client/app/paths.ts'
import { ShutOut } from '#client/features/accounts/ShutOut.tsx'
import { t } from '#client/platform/texts.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { courseCodeLength, readCode } from '#protocol/courses/people.ts'

/** `guest` is the name of somebody who joined a class without an account. */
export function StartPage({ guest }: { readonly guest: string | undefined }) {
  const { route: go } = useLocation()
  const [code, setCode] = useState('')
  const [errors, setErrors] = useState<readonly FormError[]>([])

  const codeRef = useRef<HTMLInputElement>(null)
  useEffect(() => focusByHand(codeRef), [])

  const send = () => {
    const read = readCode(code)
    if (read === '') {
      setErrors([{ name: 'code', message: t('today.startCodeMissing') }])
      return
    }
    setErrors([])
    // A course's code is longer than a class's; both may be typed here.
    go(read.length === courseCodeLength ? pathTo('joinCourse', {}, { code: read }) : pathTo('joinCode', { code: read }))
  }

  return (
    <div class="today-start">
      <p class="today-brand">
        <img src="/icon.svg" alt="" width={32} height={32} />
        {t('app.name')}
      </p>
      <PageHeader
        title={guest === undefined ? t('today.startTitle') : t('today.guestTitle', { name: guest })}
        lead={guest === undefined ? t('today.startLead') : t('today.guestLead')}
      />
      <ShutOut />
      <Form onSubmit={send} errors={errors} label={t('today.startJoin')}>
        <Field
          name="code"
          label={t('today.startCode')}
          value={code}
          onValue={setCode}
          error={errors[0]?.message}
          autocomplete="off"
          maxLength={16}
          inputRef={codeRef}
          code
        />
        <Button kind="primary" type="submit" size="large" wide>
          {t('today.startJoin')}
        </Button>
      </Form>
      <div class="today-other">
        <span>{t('today.startHave')}</span>
        <ButtonLink kind="quiet" href={pathTo('signIn')}>
          {t('today.startSignIn')}
        </ButtonLink>
      </div>
    </div>
  )
}
