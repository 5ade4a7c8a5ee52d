// Every component of the kit in its states, to look at and to run axe over. In development builds only, with sample
// words that are no texts of the product.

import { Plus } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { connection, courses, liveClass, person } from '#client/app/frame.ts'
import { Badge } from '#client/ui/Badge.tsx'
import { Button } from '#client/ui/Button.tsx'
import { KitForms } from '#client/ui/kit/KitForms.tsx'
import { KitLists } from '#client/ui/kit/KitLists.tsx'
import { KitLive } from '#client/ui/kit/KitLive.tsx'
import { KitStates } from '#client/ui/kit/KitStates.tsx'
import { PageHeader } from '#client/ui/PageHeader.tsx'
import { LinkTabs } from '#client/ui/Tabs.tsx'
import './kit.css'

/** The kit, with a frame filled by sample people and courses. */
export function KitPage() {
  useEffect(() => {
    if (person.peek()) return
    person.value = { id: 'sample', name: 'Maya Lindqvist', guest: false }
    liveClass.value = { title: 'Cell biology', href: '/kit?live' }
    courses.value = [
      { id: 'bio', title: 'Cell biology', live: true },
      { id: 'stats', title: 'Statistics for the life sciences' },
      { id: 'writing', title: 'Academic writing' },
    ]
    connection.value = {
      online: !location.search.includes('offline'),
      outdated: location.search.includes('outdated'),
      waiting: location.search.includes('offline') ? 3 : 0,
    }
  }, [])
  return (
    <div class="stack-loose">
      <PageHeader
        title="Cell biology"
        parent={{ label: 'Courses', href: '/courses' }}
        badges={<Badge live>Live</Badge>}
        lead="Membranes, transport and signals. Tuesdays and Fridays at ten, room 2.14."
        actions={
          <>
            <Button>Preview</Button>
            <Button kind="primary" icon={Plus}>
              Add activity
            </Button>
          </>
        }
      />
      <LinkTabs
        label="Course"
        current="/kit"
        tabs={[
          { label: 'Overview', href: '/kit' },
          { label: 'People', href: '/kit?people', count: 31 },
          { label: 'Grades', href: '/kit?grades' },
        ]}
      />
      <KitLists />
      <KitLive />
      <KitForms />
      <KitStates />
    </div>
  )
}
