// Starts a class from its course: a title, activities in order, go. Where one runs already it leads there.
import { ArrowDown, ArrowUp, Plus, Radio, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import { kindIcons } from '#client/features/activities/kinds/icons.ts'
import { kindParts } from '#client/features/activities/kinds/registry.ts'
import { inCourseOrder } from '#client/features/courses/order.ts'
import { itemKind } from '#client/features/courses/registry.ts'
import { pointsOf, RulesLine, rulesToSend, usualRules } from '#client/features/grades/RulesFields.tsx'
import { request } from '#client/platform/call.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { scopeStore } from '#client/platform/realtime.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Button, ButtonLink } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form, type FormError } from '#client/ui/Form.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { type Activity, activityRoutes } from '#protocol/activities.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope, isLive } from '#protocol/courses.ts'
import type { Ranks } from '#protocol/live/ranks.ts'
import { liveRoutes } from '#protocol/live.ts'
import { nameOfClass } from './class-name.ts'
import { rankChoices, ranksAre } from './RemoteRanks.tsx'
import './StartClass.css'

/** The dialog alone. The scopes of the course must be open. */
export function StartDialog({ courseId, onClose }: { readonly courseId: string; readonly onClose: () => void }) {
  const all = useLoad(courseId, () =>
    request(activityRoutes.list, { courseId, limit: 200 } as InputBefore<typeof activityRoutes.list>),
  )
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<readonly Activity[]>([])
  const [rules, setRules] = useState(usualRules)
  const [ranks, setRanks] = useState<Ranks>('off')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [running, setRunning] = useState<string | undefined>(undefined)
  const location = useLocation()
  // The course home behind the dialog keeps these two open.
  const course = scopeStore(courseScope, courseId).state.value
  const drafts = scopeStore(courseStaffScope, courseId).state.value?.drafts ?? []
  const items = inCourseOrder(course?.modules ?? [], [...(course?.items ?? []), ...drafts])
  const order = new Map(items.map((item, index) => [item.refId as string, index]))
  const placeOf = (one: Activity) => order.get(one.id) ?? items.length
  const rest = (all.value?.items.filter(one => !chosen.includes(one)) ?? []).sort((a, b) => placeOf(a) - placeOf(b))
  const name = nameOfClass(
    chosen[0]?.title,
    new Date(),
    items.filter(item => item.kind === 'class' && !isLive(item)).map(item => item.title),
  )

  const move = (from: number, to: number) => {
    const one = chosen[from]
    if (!one || to < 0 || to >= chosen.length) return
    const others = chosen.filter(other => other !== one)
    setChosen([...others.slice(0, to), one, ...others.slice(to)])
  }
  const start = async () => {
    const points = pointsOf(rules)
    setErrors(points === undefined ? [{ name: 'points', message: t('grades.pointsWrong') }] : [])
    if (points === undefined) return
    setBusy(true)
    setProblem(undefined)
    try {
      const input = {
        courseId,
        activityIds: chosen.map(one => one.id),
        title: title.trim() || name,
        grade: rulesToSend(rules, points),
        ranks,
      }
      const run = await request(liveRoutes.start, input as InputBefore<typeof liveRoutes.start>)
      location.route(pathTo('remote', { runId: run.id }))
    } catch (error) {
      setBusy(false)
      setProblem(problemWords(error))
      const runs = error instanceof ClientProblem && error.code === 'already-running' ? error.params.runId : undefined
      setRunning(typeof runs === 'string' ? runs : undefined)
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('live.startTitle')}
      actions={
        <>
          {chosen.length > 0 && (
            <span class="start-count muted figures" role="status">
              {t('live.agendaCount', { count: chosen.length })}
            </span>
          )}
          <Button kind="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          {running ? (
            <ButtonLink kind="primary" href={pathTo('remote', { runId: running })}>
              {t('live.goToClass')}
            </ButtonLink>
          ) : (
            <Button kind="primary" icon={Radio} busy={busy} onClick={() => void start()}>
              {t('live.startClass')}
            </Button>
          )}
        </>
      }
    >
      <Form onSubmit={() => void start()} errors={errors} problem={problem}>
        <p class="muted">{t('live.startLead')}</p>
        <Field
          name="title"
          label={t('live.classTitle')}
          hint={t('live.classTitleHint')}
          optional
          placeholder={name}
          maxLength={200}
          value={title}
          onValue={setTitle}
        />
        <div class="stack-tight">
          <h3>{t('live.gradeAndRanks')}</h3>
          <RulesLine
            rules={rules}
            onRules={setRules}
            pointsError={errors.find(one => one.name === 'points')?.message}
            both
            words={t(ranksAre[ranks])}
          >
            <Field
              type="select"
              name="ranks"
              label={t('live.ranks')}
              hint={t('live.ranksHint')}
              value={ranks}
              onValue={value => setRanks(value as Ranks)}
              options={rankChoices()}
            />
          </RulesLine>
        </div>
        <div class="stack-tight">
          <h3>{t('live.agenda')}</h3>
          {all.value && all.value.items.length === 0 ? (
            <p class="muted">{t('live.agendaNone')}</p>
          ) : chosen.length === 0 ? (
            <p class="muted">{t('live.agendaHint')}</p>
          ) : (
            <ol class="start-agenda">
              {chosen.map((one, index) => (
                <li class="start-entry" key={one.id}>
                  <span class="start-number figures">{index + 1}</span>
                  <span class="start-words">{one.title}</span>
                  <IconButton
                    icon={ArrowUp}
                    label={t('live.agendaUp', { title: one.title })}
                    disabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={t('live.agendaDown', { title: one.title })}
                    disabled={index === chosen.length - 1}
                    onClick={() => move(index, index + 1)}
                  />
                  <IconButton
                    icon={X}
                    label={t('live.agendaRemove', { title: one.title })}
                    onClick={() => setChosen(chosen.filter(other => other !== one))}
                  />
                </li>
              ))}
            </ol>
          )}
        </div>
        {all.loading && !all.value ? (
          <Skeleton form="rows" count={2} />
        ) : (
          rest.length > 0 && (
            <div class="stack-tight">
              <h3>{t('live.agendaOthers')}</h3>
              <List>
                {rest.map(one => (
                  <Row
                    key={one.id}
                    start={<Icon as={itemKind('activity')?.icon ?? kindIcons[one.kind]} size={20} />}
                    title={one.title}
                    detail={kindParts[one.kind].label}
                    end={<Icon as={Plus} size={20} />}
                    onPress={() => setChosen([...chosen, one])}
                  />
                ))}
              </List>
            </div>
          )
        )}
        <button type="submit" hidden />
      </Form>
    </Dialog>
  )
}
