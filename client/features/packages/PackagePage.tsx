// A package: to its learners a way to play it and how they got on, to staff everybody's and a way to bring it. It is played in
// the page, from another origin; what staff try is not kept.
import { Pencil, Play, RotateCw } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { PageProps } from '#client/app/paths.ts'
import { ItemAway, ItemPage, useItemPage } from '#client/features/courses/ItemPage.tsx'
import { useMyCourses } from '#client/features/courses/mine.ts'
import { sizeWords } from '#client/features/files/store.ts'
import { score } from '#client/features/grades/numbers.ts'
import { previewed } from '#client/platform/preview.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { OwnAttempts } from '#protocol/packages/attempts.ts'
import type { CoursePackage } from '#protocol/packages.ts'
import { BringPackage } from './BringPackage.tsx'
import { Learners } from './Learners.tsx'
import { OwnList } from './OwnList.tsx'
import { PackageForm } from './PackageForm.tsx'
import { PlayerView } from './PlayerView.tsx'
import { changePackage, getPackage, openSitting, type Shown, type Sitting } from './store.ts'
import { formWords } from './words.ts'
import './packages.css'

/** /courses/:courseId/packages/:packageId */
export function PackagePage({ params: { courseId, packageId } }: PageProps<'package'>) {
  const of = { courseId, packageId }
  const [editing, setEditing] = useState(false)
  const page = useItemPage({
    ...{ courseId, kind: 'package', refId: packageId, word: 'packages.package' },
    load: () => getPackage(of),
    titleOf: ({ package: { title } }) => title,
    turn: useMyCourses(),
  })
  const { value, reload } = page
  // What was told since, until it is read again.
  const [told, setTold] = useState<OwnAttempts>()
  useEffect(() => setTold(undefined), [value])
  if (!value)
    return (
      <ItemAway
        page={page}
        goneTitle="packages.goneTitle"
        goneDetail="packages.goneDetail"
        loadFailed="packages.loadFailed"
      />
    )
  const { package: shown, mayChange, mayReadAll } = value
  const own = told ?? value.own
  return (
    <ItemPage
      page={page}
      title={shown.title}
      lead={<Facts shown={shown} />}
      actions={
        mayChange && (
          <Button icon={Pencil} onClick={() => setEditing(true)}>
            {t('packages.edit')}
          </Button>
        )
      }
      mayChange={mayChange}
      draft="packages.draft"
    >
      <Playground shown={value} own={own} onOwn={setTold} onChanged={reload} />
      {own && own.attempts.length > 0 && <OwnList own={own} points={shown.points} />}
      {mayChange && <BringPackage of={of} content={shown.content} onDone={reload} />}
      {mayReadAll && <Learners key={packageId} shown={shown} />}
      {editing && <EditDialog shown={shown} onClose={() => setEditing(false)} onSaved={reload} />}
    </ItemPage>
  )
}

function Facts({ shown: { content, points } }: { readonly shown: CoursePackage }) {
  const facts = [
    ...(content ? [formWords(content.form), sizeWords(content.size)] : []),
    t('packages.outOf', { count: Number(points), points: score(points) }),
  ]
  return <p class="figures">{facts.join(' · ')}</p>
}

interface PlayProps {
  readonly shown: Shown
  readonly own: OwnAttempts | null
  readonly onOwn: (own: OwnAttempts) => void
  readonly onChanged: () => void
}

function Playground({ shown, own, onOwn, onChanged }: PlayProps) {
  const { package: of, away, kept } = shown
  const [sitting, setSitting] = useState<Sitting>()
  const [opening, setOpening] = useState<'continue' | 'new'>()
  const [failed, setFailed] = useState<string>()
  const newest = own?.attempts[0]
  const open = async (attempt: 'continue' | 'new') => {
    setOpening(attempt)
    setFailed(undefined)
    try {
      setSitting(await openSitting({ courseId: of.courseId, packageId: of.id }, attempt))
    } catch (error) {
      setFailed(problemWords(error))
    }
    setOpening(undefined)
  }
  if (sitting)
    return (
      <PlayerView
        key={sitting.address}
        title={of.title}
        sitting={sitting}
        onOwn={onOwn}
        onClose={() => {
          setSitting(undefined)
          onChanged()
        }}
        onAgain={() => void open('continue')}
      />
    )
  if (!of.content)
    return shown.mayChange ? null : <Banner title={t('packages.emptyTitle')}>{t('packages.emptyLearner')}</Banner>
  if (away !== null)
    return (
      <Banner tone="warn" title={t(away === 'no-h5p' ? 'packages.h5pAway' : 'packages.away')}>
        {t(
          !shown.mayChange
            ? 'packages.awayLearner'
            : away === 'no-h5p'
              ? 'packages.h5pAwayStaff'
              : 'packages.awayStaff',
        )}
      </Banner>
    )
  if (previewed) return <Banner>{t('packages.previewing')}</Banner>
  const over = newest?.over === true
  const word = !kept
    ? t('packages.tryIt')
    : !newest
      ? t('packages.start')
      : over
        ? t('packages.another')
        : t('packages.resume')
  return (
    <div class="stack-tight">
      <div class="cluster">
        <Button
          kind="primary"
          icon={over && kept ? RotateCw : Play}
          busy={opening !== undefined}
          onClick={() => void open(over && kept ? 'new' : 'continue')}
        >
          {word}
        </Button>
        {!kept && <span class="muted">{t('packages.tryHint')}</span>}
      </div>
      {failed !== undefined && (
        <Banner tone="bad" title={t('packages.openFailed')}>
          {failed}
        </Banner>
      )}
    </div>
  )
}

interface EditDialogProps {
  readonly shown: CoursePackage
  readonly onClose: () => void
  readonly onSaved: () => void
}

function EditDialog({ shown, onClose, onSaved }: EditDialogProps) {
  const [words, setWords] = useState({ title: shown.title, points: shown.points })
  const { id: packageId, courseId } = shown
  // As it was read when it was opened: what somebody else changed since is told.
  const [version] = useState(shown.version)
  return (
    <Dialog open onClose={onClose} title={t('packages.edit')}>
      <PackageForm
        words={words}
        onWords={setWords}
        save={t('packages.save')}
        onClose={onClose}
        onSave={async given => {
          await changePackage({ courseId, packageId, version, ...given })
          onSaved()
          onClose()
          showToast({ text: t('packages.saved') })
        }}
      />
    </Dialog>
  )
}
