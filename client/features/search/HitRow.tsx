// One thing that was found: what it is, where, when, and the words in their surroundings.
import { Fragment } from 'preact'
import { t } from '#client/platform/texts.ts'
import { Icon } from '#client/ui/Icon.tsx'
import { Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import type { Hit, Piece } from '#protocol/search.ts'
import { iconOf, kindOf, pathOf } from './hits.ts'

/** A text in which what was looked for is marked. */
export function Marked({ pieces }: { readonly pieces: readonly Piece[] }) {
  return <>{pieces.map((one, index) => (one.hit ? <mark key={index}>{one.text}</mark> : one.text))}</>
}

const authorOf = (hit: Hit): string | undefined => ('author' in hit ? (hit.author ?? t('search.unnamed')) : undefined)

export function HitRow({ hit }: { readonly hit: Hit }) {
  const titled = hit.title.length > 0
  const place = [kindOf(hit), authorOf(hit), hit.kind === 'course' ? undefined : hit.course?.title].filter(Boolean)
  return (
    <Row
      href={pathOf(hit)}
      start={<Icon as={iconOf(hit)} />}
      title={
        <span class="hit-words" dir="auto">
          <Marked pieces={titled ? hit.title : hit.excerpt} />
        </span>
      }
      detail={
        <>
          {titled && hit.excerpt.length > 0 && (
            <span class="hit-words hit-excerpt" dir="auto">
              <Marked pieces={hit.excerpt} />
            </span>
          )}
          <span class="hit-place">
            {place.map((part, index) => (
              <Fragment key={part}>
                {index > 0 && ' · '}
                <bdi>{part}</bdi>
              </Fragment>
            ))}
            {hit.at && (
              <>
                {' · '}
                <Time at={hit.at} />
              </>
            )}
          </span>
        </>
      }
    />
  )
}
