// What somebody who is not signed in came for with the code of a course: it stands above the way in.
import { BookOpen } from 'lucide-preact'
import { pathTo } from '#client/app/paths.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { Link } from '#client/ui/Link.tsx'
import { courseCodeLength, peopleRoutes, readCode } from '#protocol/courses/people.ts'
import './People.css'

/** The code an address of ours joins a course by; '' for every other address. */
function codeIn(next: string): string {
  const url = new URL(next, location.origin)
  const code = url.pathname === pathTo('joinCourse') ? readCode(url.searchParams.get('code') ?? '') : ''
  return code.length === courseCodeLength ? code : ''
}

/** `next` is where the person goes once they are in. */
export function CodeLeads({ next }: { readonly next: string }) {
  const code = codeIn(next)
  const { value, problem } = useLoad(code || null, () => request(peopleRoutes.lookCode, { code }))
  if (code === '') return null
  return (
    <div aria-live="polite">
      {value ? (
        <div class="code-leads">
          <Icon as={BookOpen} size={20} />
          <div class="stack-tight">
            <p class="code-leads-title" dir="auto">
              {value.title}
            </p>
            <p class="muted">{t('courses.codeLeads')}</p>
          </div>
        </div>
      ) : (
        problem && (
          <Banner tone="warn" action={<Link href={pathTo('today')}>{t('courses.codeAgain')}</Link>}>
            {problemWords(problem)}
          </Banner>
        )
      )}
    </div>
  )
}
