// Leads those who look after roles to them: administrators from the rail, others from the course. Called once by main.
import { effect } from '@preact/signals'
import { ShieldCheck } from 'lucide-preact'
import { setOwnPlaces } from '#client/app/frame.ts'
import { pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { registerCourseLink } from '#client/features/courses/registry.ts'

export function startAccess(): void {
  effect(() => {
    const looks = me.value?.siteRole === 'administrator'
    setOwnPlaces('access', looks ? [{ label: 'access.title', href: pathTo('roles'), icon: ShieldCheck }] : [])
  })
  registerCourseLink({
    name: 'access',
    order: 11,
    label: 'access.title',
    icon: ShieldCheck,
    capability: 'role.give',
    path: courseId => pathTo('rolePlace', { kind: 'course', id: courseId }),
  })
}
