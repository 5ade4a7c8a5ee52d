// The text as the server has it, over HTTP: for networks that let no document through. Read again every few seconds.
import { useEffect } from 'preact/hooks'
import { Markdown } from '#client/features/content/Markdown.tsx'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { savedText } from '../store.ts'

const everyMs = 5_000

export function SavedText({ noteId }: { readonly noteId: string }) {
  const { value, problem, reload } = useLoad(noteId, () => savedText(noteId))
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload()
    }, everyMs)
    return () => clearInterval(timer)
  }, [reload])
  if (value) {
    if (value.markdown.trim() === '') return <EmptyState title={t('notes.readEmpty')} />
    return <Markdown source={value.markdown} />
  }
  if (problem) return <ErrorState title={t('notes.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
  return <Skeleton form="text" />
}
