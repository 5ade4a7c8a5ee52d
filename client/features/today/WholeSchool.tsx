// For who looks after the school: every place of theirs, by what it is for, so that nothing has to be known to be found.
import { t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { Icon } from '#client/ui/Icon.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { runsSite } from './FirstSteps.tsx'
import { schoolWays } from './school-ways.ts'

export function WholeSchool() {
  if (!runsSite()) return null
  return (
    <Section title={t('today.school')}>
      <div class="stack">
        {schoolWays().map(({ title, ways }) => (
          <section key={title} class="stack-tight" aria-label={t(title)}>
            <h3 class="today-school-group">{t(title)}</h3>
            <div class="card" data-flush>
              <List label={t(title)}>
                {ways.map(way => (
                  <Row
                    key={way.href}
                    start={<Icon as={way.icon} size={20} />}
                    title={t(way.title)}
                    detail={t(way.detail)}
                    href={way.href}
                  />
                ))}
              </List>
            </div>
          </section>
        ))}
      </div>
    </Section>
  )
}
