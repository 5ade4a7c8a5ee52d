// Departments and terms for administrators: two lists beside one another, each searched, each changed in place.
import { useState } from 'preact/hooks'
import { type PageProps, pathTo } from '#client/app/paths.ts'
import { me } from '#client/features/accounts/store.ts'
import { t } from '#client/platform/texts.ts'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { Tabs } from '#client/ui/Tabs.tsx'
import { Departments } from './Departments.tsx'
import { Terms } from './Terms.tsx'
import './Organisation.css'

export function OrganisationPage(_: PageProps<'organisation'>) {
  const [tab, setTab] = useState<'departments' | 'terms'>('departments')
  const keeps = me.value?.siteRole === 'administrator'
  return (
    <div class="stack-loose">
      <PageHeader
        title={t('organisation.title')}
        parent={{ label: t('courses.title'), href: pathTo('courses') }}
        lead={keeps ? t('organisation.lead') : t('organisation.leadReader')}
      />
      <Tabs
        label={t('organisation.title')}
        tabs={[
          { id: 'departments', label: t('organisation.departments') },
          { id: 'terms', label: t('organisation.terms') },
        ]}
        selected={tab}
        onSelect={setTab}
      >
        {tab === 'departments' ? <Departments keeps={keeps} /> : <Terms keeps={keeps} />}
      </Tabs>
    </div>
  )
}
