// Adds a package to a module, as a draft, and goes on to its page, where it is sent.
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { pathTo } from '#client/app/paths.ts'
import type { ItemAdderProps } from '#client/features/courses/registry.ts'
import { PickFiles } from '#client/features/files/PickFiles.tsx'
import { cleanName } from '#client/features/files/pieces.ts'
import { sizeWords } from '#client/features/files/store.ts'
import { t } from '#client/platform/texts.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { largestPackage } from '#protocol/packages/limits.ts'
import { PackageForm, type PackageWords } from './PackageForm.tsx'
import { sendPackage, unfit } from './sending.ts'
import { createPackage } from './store.ts'
import './packages.css'

/** What a file is called without its ending, as a title. */
const titleOf = (file: File): string =>
  cleanName(file.name)
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replaceAll('_', ' ')

export function NewPackageDialog({ courseId, moduleId, onClose }: ItemAdderProps) {
  const { route: go } = useLocation()
  const [file, setFile] = useState<File>()
  const [words, setWords] = useState<PackageWords>({ title: '', points: '10' })
  const wrong = () => {
    const message = file ? unfit(file) : t('packages.fileMissing')
    return message === undefined ? [] : [{ name: 'file', message }]
  }
  return (
    <Dialog open onClose={onClose} title={t('packages.newPackage')}>
      <PackageForm
        words={words}
        onWords={setWords}
        save={t('packages.create')}
        wrong={wrong}
        onClose={onClose}
        onSave={async given => {
          const { package: made } = await createPackage({ courseId, moduleId, ...given })
          if (file) sendPackage({ courseId, packageId: made.id }, file, () => undefined)
          onClose()
          go(pathTo('package', { courseId, packageId: made.id }))
        }}
      >
        {errorOf => (
          <div class="field">
            <p class="field-label" aria-hidden="true">
              {t('packages.file')}
            </p>
            <div class="cluster">
              <PickFiles
                label={t('packages.chooseFile')}
                accept=".zip,.h5p,application/zip"
                one
                onFiles={([picked]) => {
                  if (!picked) return
                  setFile(picked)
                  setWords(now => (now.title.trim() === '' ? { ...now, title: titleOf(picked).slice(0, 200) } : now))
                }}
              />
              {file && (
                <span class="package-file" dir="auto">
                  {cleanName(file.name)} <span class="muted figures">{sizeWords(file.size)}</span>
                </span>
              )}
            </div>
            {errorOf('file') ? (
              <p class="field-error">{errorOf('file')}</p>
            ) : (
              <p class="muted">{t('packages.fileHint', { size: sizeWords(largestPackage) })}</p>
            )}
          </div>
        )}
      </PackageForm>
    </Dialog>
  )
}
