// One part of how a course grades: its fields under a heading, with a button of its own; told when somebody else was faster.
import type { ComponentChildren } from 'preact'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { Form, FormActions, type FormError } from '#client/ui/Form.tsx'

export interface GradingPartProps {
  readonly title: string
  readonly lead: string
  readonly newer: boolean
  readonly onFollow: () => void
  readonly busy: boolean
  readonly errors: readonly FormError[]
  readonly problem: string | undefined
  readonly onSave: () => void
  readonly children: ComponentChildren
}

/** What a refusal says in such a part. */
export const refusedWords = (error: unknown): string =>
  error instanceof ClientProblem && error.code === 'conflict' ? t('grading.newer') : problemWords(error)

export function GradingPart({
  title,
  lead,
  newer,
  onFollow,
  busy,
  errors,
  problem,
  onSave,
  children,
}: GradingPartProps) {
  return (
    <Section title={title}>
      <div class="grading-part stack">
        <p class="muted">{lead}</p>
        {newer && (
          <Banner
            tone="warn"
            action={
              <Button size="small" onClick={onFollow}>
                {t('grading.newerRead')}
              </Button>
            }
          >
            {t('grading.newer')}
          </Banner>
        )}
        <Form onSubmit={onSave} errors={errors} problem={problem} label={title}>
          {children}
          <FormActions>
            <Button type="submit" kind="primary" busy={busy}>
              {t('grading.save')}
            </Button>
          </FormActions>
        </Form>
      </div>
    </Section>
  )
}
