// Everything that can be sent, each with an example: the documentation beside the thing.
import { t } from '#client/platform/texts.ts'
import { Section } from '#client/ui/Card.tsx'
import { eventTypes, exampleOf } from '#protocol/webhooks/events.ts'
import { Code } from './Code.tsx'
import { typeTexts } from './words.ts'

export function Catalogue() {
  return (
    <Section title={t('webhooks.catalogue')}>
      <p class="muted webhook-lead">{t('webhooks.catalogueLead')}</p>
      <div class="card webhook-catalogue" data-flush>
        {eventTypes.map(type => (
          <details key={type}>
            <summary>
              <code class="webhook-type">{type}</code> <span class="muted">{t(typeTexts[type])}</span>
            </summary>
            <Code label={t('webhooks.example')}>{JSON.stringify(exampleOf(type), null, 2)}</Code>
          </details>
        ))}
      </div>
    </Section>
  )
}
