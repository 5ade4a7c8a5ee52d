// Says that a class is live, with the one tap that joins it. Shown on a course home and on Today.
import { t } from '#client/platform/texts.ts'
import { ButtonLink } from '#client/ui/Button.tsx'
import { inOwnDirection } from '#client/ui/words.tsx'
import '#client/ui/Badge.css'
import './CourseHome.css'

export interface LiveBannerProps {
  readonly title: string
  /** A second line, such as the course it is in. */
  readonly detail: string
  readonly join: string
  /** Undefined where this reader has nowhere to go. */
  readonly href: string | undefined
}

export function LiveBanner({ title, detail, join, href }: LiveBannerProps) {
  return (
    <section class="live-banner" aria-label={t('courses.liveTitle', { title })}>
      <div class="live-banner-words">
        <p class="live-banner-title">
          <span class="badge-dot" aria-hidden="true" />
          {t('courses.liveTitle', { title })}
        </p>
        <p>{inOwnDirection(detail)}</p>
      </div>
      {href && (
        <ButtonLink kind="primary" size="large" href={href}>
          {join}
        </ButtonLink>
      )}
    </section>
  )
}
