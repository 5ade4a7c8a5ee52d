// Tells the course home about surveys: how they look, where they lead, how one is added. Called once by main.
import { ClipboardList } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { t } from '#client/platform/texts.ts'

export function startSurveys(): void {
  registerItemKind('survey', {
    icon: ClipboardList,
    label: 'surveys.survey',
    path: ({ courseId, refId }) => pathTo('survey', { courseId, surveyId: refId }),
    detail: ({ detail: { questions, anonymous } }) =>
      typeof questions === 'number'
        ? `${t('surveys.asked', { count: questions })}${anonymous ? ` · ${t('surveys.anonymous')}` : ''}`
        : undefined,
  })
  registerItemAdder({
    kind: 'survey',
    label: 'surveys.survey',
    icon: ClipboardList,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewSurveyDialog.tsx')).NewSurveyDialog),
  })
}
