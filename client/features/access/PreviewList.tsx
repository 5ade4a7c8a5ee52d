// What a rule of several places would change: place by place and role by role, with whoever above prohibits it.
import { t } from '#client/platform/texts.ts'
import { Badge } from '#client/ui/Badge.tsx'
import type { RoleView, RulePreview } from '#protocol/access.ts'
import { kindWord, permissionWord, placeName, roleNameOf } from './words.ts'

interface PreviewListProps {
  readonly items: readonly RulePreview[]
  readonly roles: readonly RoleView[]
}

export function PreviewList({ items, roles }: PreviewListProps) {
  return (
    <ul class="many-changes" aria-label={t('access.manyPlaces')}>
      {items.map(({ place, mayChange, changes }) => (
        <li key={place.id}>
          <h3>
            {placeName(place)} <span class="muted rule-from">{kindWord(place.kind)}</span>
          </h3>
          {!mayChange && <p class="rule-from">{t('access.notYours')}</p>}
          {changes.map(({ role, before, after, allowedAfter, lockedBy }) => (
            <div key={role} class="many-change">
              <span>
                {roleNameOf(role, roles)}:{' '}
                {before === after
                  ? t('access.manySame')
                  : t('access.manyFromTo', { before: permissionWord(before), after: permissionWord(after) })}
                {lockedBy && (
                  <span class="muted rule-from"> {t('access.manyLocked', { place: placeName(lockedBy) })}</span>
                )}
              </span>
              <Badge tone={allowedAfter ? 'good' : 'neutral'}>
                {allowedAfter ? t('access.here') : t('access.notHere')}
              </Badge>
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}
