// Packages in words: what form they have, how an attempt stands, why one was not taken.
import { type PlainTextKey, t } from '#client/platform/texts.ts'
import type { Tone } from '#client/ui/Badge.tsx'
import type { UploadRefused } from '#protocol/files.ts'
import type { LearnerStatus } from '#protocol/packages/attempts.ts'
import type { PackageForm } from '#protocol/packages/player.ts'

const formKeys = {
  scorm12: 'packages.form12',
  scorm2004: 'packages.form2004',
  h5p: 'packages.formH5p',
} as const satisfies Record<PackageForm, PlainTextKey>

export const formWords = (form: PackageForm): string => t(formKeys[form])

const statusKeys = {
  none: 'packages.statusNone',
  begun: 'packages.statusBegun',
  completed: 'packages.statusCompleted',
  passed: 'packages.statusPassed',
  failed: 'packages.statusFailed',
} as const satisfies Record<LearnerStatus, PlainTextKey>

export const statusWords = (status: LearnerStatus): string => t(statusKeys[status])

export const statusTones: { readonly [S in LearnerStatus]: Tone } = {
  none: 'neutral',
  begun: 'accent',
  completed: 'good',
  passed: 'good',
  failed: 'warn',
}

/** Why a package was not taken, and what to do about it; `at`: the name in it that it is about. */
export function refusalWords(refused: UploadRefused, at = ''): string {
  switch (refused) {
    case 'no-archive':
      return t('packages.refusedNoArchive')
    case 'encrypted':
      return t('packages.refusedEncrypted')
    case 'unsafe-name':
      return t('packages.refusedUnsafe', { at })
    case 'too-much':
      return t('packages.refusedMuch')
    case 'grows':
      return t('packages.refusedGrows')
    case 'no-manifest':
      return t('packages.refusedNoManifest')
    case 'bad-manifest':
      return t('packages.refusedManifest')
    case 'nothing-to-play':
      return t('packages.refusedNothing')
    case 'part-missing':
      return t('packages.refusedMissing', { at })
    case 'part-elsewhere':
      return t('packages.refusedElsewhere', { at })
    case 'file-unread':
      return t('packages.refusedUnread', { at })
    case 'library-missing':
      return t('packages.refusedLibrary', { at })
    case 'no-player':
      return t('packages.refusedPlayer')
    default:
      return t('packages.refusedKind')
  }
}
