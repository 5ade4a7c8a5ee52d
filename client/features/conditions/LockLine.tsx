// Why something is locked and what opens it, for whom it is; for staff the sentence of its release.
import { Lock as LockIcon } from 'lucide-preact'
import { itemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { conditionsIn, type Lock, type Release, targetOf } from '#protocol/conditions.ts'
import type { CourseItem } from '#protocol/courses.ts'
import { releaseWords, type Speech, shortMoment } from './words.ts'
import './conditions.css'

export type LockLineProps = {
  readonly lock: Lock
  readonly speech: Speech
  readonly courseId: string
  /** Items the reader sees, for the way to those that open it. */
  readonly items: readonly CourseItem[]
}

/** "Locked. Opens when …", with a link to each thing that is still to be done for it. */
export function LockLine({ lock, speech, courseId, items }: LockLineProps) {
  if (lock.state === 'over') {
    return <span class="lock-words">{t('conditions.over', { when: shortMoment(speech.zone, lock.until ?? '') })}</span>
  }
  const conditions = conditionsIn(lock.tree)
  const wanted = conditions.flatMap((one, place) => {
    const leads = !lock.met[place] && !('is' in one && one.is === 'not-done')
    return (leads && speech.targets.get(targetOf(one) ?? '')?.itemId) || []
  })
  const ways = items.filter(item => wanted.includes(item.id))
  const sentence = releaseWords(lock, speech)
  return (
    <span class="lock-words">
      {t('conditions.locked', { sentence: sentence ?? '' })}{' '}
      {ways.map(item => {
        const href = itemKind(item.kind)?.path(
          { courseId, kind: item.kind, refId: item.refId, badge: item.badge },
          'learner',
        )
        return (
          href && (
            <a key={item.id} class="lock-way" href={href}>
              {t('conditions.goTo', { title: item.title })}
            </a>
          )
        )
      })}
    </span>
  )
}

/** What staff said of it, in one sentence; nothing where they said nothing. */
export function ReleaseLine({ release, speech }: { readonly release: Release | undefined; readonly speech: Speech }) {
  const sentence = release && releaseWords(release, speech)
  if (!release || !sentence) return null
  const open = t('conditions.accessIs', { sentence })
  const hidden = release.subject === 'item' ? t('conditions.andHidden') : t('conditions.andHides')
  return <span class="lock-words">{release.hidden ? `${open} ${hidden}` : open}</span>
}

/** The line of a module, below its name. */
export function ModuleLock({ children }: { readonly children: preact.ComponentChildren }) {
  return (
    <p class="lock-module">
      <Icon as={LockIcon} />
      {children}
    </p>
  )
}
