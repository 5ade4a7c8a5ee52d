// Tells the course home about packages: how they look and how one is added. Called once by main.
import { Package } from 'lucide-preact'
import { broughtDialog } from '#client/app/brought.tsx'
import { pathTo } from '#client/app/paths.ts'
import { registerItemAdder, registerItemKind } from '#client/features/courses/registry.ts'
import { registerMarkedKind } from '#client/features/grades/marked.ts'
import { t } from '#client/platform/texts.ts'

export function startPackages(): void {
  registerItemKind('package', {
    icon: Package,
    label: 'packages.package',
    path: ({ courseId, refId }) => pathTo('package', { courseId, packageId: refId }),
    detail: ({ detail: { empty } }) => (empty === true ? t('packages.emptyTitle') : undefined),
  })
  registerMarkedKind('package', {
    path: ({ courseId, refId }) => pathTo('package', { courseId, packageId: refId }),
    ...{
      why: 'packages.gradeWhy',
      from: 'packages.gradeFrom',
      open: 'packages.toPackage',
      openAll: 'packages.toPackage',
    },
  })
  registerItemAdder({
    kind: 'package',
    label: 'packages.package',
    icon: Package,
    capability: 'content.change',
    Dialog: broughtDialog(async () => (await import('./NewPackageDialog.tsx')).NewPackageDialog),
  })
}
