// The code of a class and, for those without an account, a name. The class is shown before it is joined; whoever is signed
// in needs one tap.
import { ArrowRight } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { focusByHand } from '#client/app/focus.ts'
import { person } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { Link } from '#client/ui/Link.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { courseCodeLength } from '#protocol/courses/people.ts'
import { liveRoutes } from '#protocol/live.ts'
import './JoinPage.css'

type Look = Output<typeof liveRoutes.look>

/** What was typed as a code: capitals, without spaces and hyphens. */
export const readJoinCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, courseCodeLength)

/** The longest name a guest may have. */
const longestName = 60

export type JoinFormProps = {
  /** The code that is known already. */
  readonly given?: string
  /** Not where the screen is touched: nobody gets a keyboard they did not ask for. */
  readonly autoFocus?: boolean
  /** In a page that has more to say. */
  readonly quiet?: boolean
}

/** The fields, the class behind the code, the one tap. */
export function JoinForm({ given = '', autoFocus = false, quiet = false }: JoinFormProps) {
  const [code, setCode] = useState(given)
  const [look, setLook] = useState<Look | undefined>(undefined)
  const [looking, setLooking] = useState(false)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const nameRef = useRef<HTMLInputElement>(null)
  const codeRef = useRef<HTMLInputElement>(null)
  useEffect(() => (autoFocus && given === '' ? focusByHand(codeRef) : undefined), [])
  const { route: go } = useLocation()
  const me = person.value
  const member = me !== null && me !== undefined

  useEffect(() => {
    setLook(undefined)
    setErrors([])
    setProblem(undefined)
    // A course's code is longer; whoever types it here is brought to where it counts.
    if (code.length === courseCodeLength) return go(pathTo('joinCourse', {}, { code }), true)
    if (code.length !== 6) return
    let stale = false
    setLooking(true)
    request(liveRoutes.look, { code }).then(
      found => {
        if (stale) return
        setLooking(false)
        setLook(found)
        requestAnimationFrame(() => nameRef.current?.focus())
      },
      (error: unknown) => {
        if (stale) return
        setLooking(false)
        if (error instanceof ClientProblem && error.code === 'code-unknown')
          setErrors([{ name: 'code', message: problemWords(error) }])
        else setProblem(problemWords(error))
      },
    )
    return () => {
      stale = true
      setLooking(false)
    }
  }, [code])

  const join = async () => {
    if (busy) return
    setProblem(undefined)
    if (code.length !== 6) return setErrors([{ name: 'code', message: t('live.codeShort') }])
    if (!member && name.trim() === '') return setErrors([{ name: 'name', message: t('live.writeName') }])
    setErrors([])
    setBusy(true)
    try {
      const input: InputBefore<typeof liveRoutes.join> = member ? { code } : { code, name: name.trim() }
      const joined = await request(liveRoutes.join, input)
      const path = pathTo(joined.role === 'host' ? 'remote' : 'class', { runId: joined.runId })
      // A guest has just got a session: the page begins anew with it.
      location.assign(path)
    } catch (error) {
      setBusy(false)
      setProblem(problemWords(error))
    }
  }
  const errorOf = (field: string) => errors.find(one => one.name === field)?.message

  return (
    <>
      <Form onSubmit={() => void join()} problem={problem}>
        <Field
          name="code"
          label={t('live.code')}
          hint={t('live.codeHint')}
          value={code}
          onValue={typed => setCode(readJoinCode(typed))}
          code
          maxLength={12}
          autocomplete="off"
          inputRef={codeRef}
          error={errorOf('code')}
        />
        <div class="join-found" aria-live="polite">
          {look ? (
            <>
              <p class="join-title">{look.title}</p>
              {look.courseTitle !== look.title && <p class="muted">{look.courseTitle}</p>}
            </>
          ) : (
            looking && (
              <p class="muted cluster">
                <Spinner /> {t('live.lookingUp')}
              </p>
            )
          )}
        </div>
        {!member && (
          <Field
            name="name"
            label={t('live.yourName')}
            hint={name.length >= longestName ? t('live.nameFull', { most: longestName }) : t('live.nameHint')}
            value={name}
            onValue={setName}
            maxLength={longestName}
            autocomplete="name"
            inputRef={nameRef}
            error={errorOf('name')}
          />
        )}
        <Button type="submit" kind={quiet ? 'plain' : 'primary'} size="large" wide busy={busy} icon={ArrowRight}>
          {member && !quiet ? t('live.joinAs', { name: me.name }) : t('live.join')}
        </Button>
      </Form>
      {!member && (
        <p class="join-foot muted">
          <Link href={pathTo('signIn', {}, { next: code ? pathTo('joinCode', { code }) : pathTo('join') })}>
            {t('live.haveAccount')}
          </Link>
        </p>
      )}
    </>
  )
}
