// The captions of a recording, by language: brought, replaced, saved, taken away with a way back.
import { Download, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Time } from '#client/ui/Time.tsx'
import { showToast } from '#client/ui/Toast.tsx'
import type { Captions } from '#protocol/files/watching.ts'
import type { File as CourseFile } from '#protocol/files.ts'
import { PickFiles } from './PickFiles.tsx'
import { attempt } from './store.ts'
import { bringCaptions, captionLanguages, captionsUrl, languageName, listCaptions, removeCaptions } from './watching.ts'

const refusalOf = (error: unknown): string =>
  error instanceof ClientProblem && error.errors.some(one => one.code === 'not_captions')
    ? t('files.captionsWrong')
    : problemWords(error)

const byName = new Intl.Collator(locale)

const languageOptions = () =>
  captionLanguages
    .map(value => ({ value, label: languageName(value) }))
    .sort((one, other) => byName.compare(one.label, other.label))

/** Mounted while it is open. */
export function CaptionsDialog({ file, onClose }: { readonly file: CourseFile; readonly onClose: () => void }) {
  const { value, problem, reload } = useLoad(file.id, () => listCaptions(file.id))
  const [language, setLanguage] = useState<string>(captionLanguages.includes(locale) ? locale : 'en')
  const [refused, setRefused] = useState('')
  // What a notice offers lies below the dialog, out of reach: the way back stands in it.
  const [gone, setGone] = useState<{ readonly language: string; readonly kept: Blob | undefined }>()
  const there = value?.items.some(one => one.language === language)

  const bring = async (into: string, bytes: Blob) => {
    setRefused('')
    setGone(undefined)
    try {
      await bringCaptions(file.id, into, bytes)
      reload()
      showToast({ text: t('files.captionsSet', { language: languageName(into) }) })
    } catch (error) {
      setRefused(refusalOf(error))
    }
  }
  const remove = async (one: Captions) => {
    const kept = await fetch(captionsUrl(file.id, one)).then(
      response => (response.ok ? response.blob() : undefined),
      () => undefined,
    )
    if (!(await attempt(() => removeCaptions(file.id, one.language)))) return
    reload()
    setRefused('')
    setGone({ language: one.language, kept })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('files.captions')}
      actions={
        <PickFiles
          one
          kind="primary"
          accept=".vtt,.srt,text/vtt"
          label={t(there ? 'files.captionsReplace' : 'files.captionsAdd')}
          onFiles={([first]) => first && void bring(language, first)}
        />
      }
    >
      <div class="stack">
        <p class="muted">{t('files.captionsLead')}</p>
        {gone && (
          <Banner
            action={
              gone.kept && (
                <Button size="small" onClick={() => gone.kept && void bring(gone.language, gone.kept)}>
                  {t('ui.undo')}
                </Button>
              )
            }
          >
            {t('files.captionsRemoved', { language: languageName(gone.language) })}
          </Banner>
        )}
        {refused && <Banner tone="bad">{refused}</Banner>}
        {!value && problem && (
          <ErrorState title={t('files.loadFailed')} detail={problemWords(problem)} onRetry={reload} />
        )}
        {!value && !problem && <Skeleton form="rows" />}
        {value?.items.length === 0 && <p>{t('files.captionsEmpty')}</p>}
        {value && value.items.length > 0 && (
          <List label={t('files.captions')}>
            {value.items.map(one => (
              <Row
                key={one.language}
                title={languageName(one.language)}
                detail={
                  <>
                    {t('files.captionsCount', { count: one.cues })} · <Time at={one.changedAt} />
                  </>
                }
                end={
                  <>
                    <IconButton
                      icon={Download}
                      label={t('files.captionsSave', { language: languageName(one.language) })}
                      onClick={() => void open(captionsUrl(file.id, one), '_blank', 'noopener')}
                    />
                    <IconButton
                      icon={Trash2}
                      label={t('files.captionsRemove', { language: languageName(one.language) })}
                      onClick={() => void remove(one)}
                    />
                  </>
                }
              />
            ))}
          </List>
        )}
        <Field
          type="select"
          name="captions-language"
          label={t('files.captionsLanguage')}
          value={language}
          onValue={setLanguage}
          options={languageOptions()}
        />
      </div>
    </Dialog>
  )
}
