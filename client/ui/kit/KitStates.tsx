// Banners, badges, empty, failing and loading states of the kit page.

import { Inbox } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Badge } from '#client/ui/Badge.tsx'
import { Banner } from '#client/ui/Banner.tsx'
import { Button } from '#client/ui/Button.tsx'
import { Card, Section } from '#client/ui/Card.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { SavedAt } from '#client/ui/SavedAt.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Spinner } from '#client/ui/Spinner.tsx'

/** Throws while it is drawn, to see the page for faults. */
function Broken(): never {
  throw new Error('broken on purpose')
}

/** What stands there when things are not ready. */
export function KitStates() {
  const [broken, setBroken] = useState(false)
  return (
    <>
      <Section title="Banners and badges">
        <div class="stack-tight">
          <Banner>This course is archived. You can read everything and change nothing.</Banner>
          <Banner tone="accent" action={<Button size="small">Join</Button>}>
            Your class is live.
          </Banner>
          <Banner tone="good">12 answers saved.</Banner>
          <Banner tone="warn" title="Not published">
            Only staff see this page.
          </Banner>
          <Banner tone="bad">1 answer came after the close and was not counted.</Banner>
        </div>
        <div class="cluster">
          <Badge>Draft</Badge>
          <Badge tone="accent">Homework</Badge>
          <Badge tone="good">Graded</Badge>
          <Badge tone="warn">Due soon</Badge>
          <Badge live>Live</Badge>
          {['Amara Diallo', 'Jonas Weber', 'Yuki Tanaka', 'Leila Haddad', 'Madonna'].map(name => (
            <Avatar key={name} name={name} size={40} />
          ))}
          <Spinner label="Loading" />
          <SavedAt save={{ state: 'saving' }} />
          <SavedAt save={{ state: 'failed' }} />
          <Button kind="quiet" size="small" onClick={() => setBroken(true)}>
            Break this page
          </Button>
          {broken && <Broken />}
        </div>
      </Section>
      <Section title="Empty, failing, loading">
        <div class="kit-three">
          <Card>
            <EmptyState icon={Inbox} title="Nothing due" action={<Button>Open courses</Button>}>
              Homework and classes of your courses appear here.
            </EmptyState>
          </Card>
          <Card>
            <ErrorState
              title="The server is busy"
              detail="Try again in a moment."
              requestId="req-4f1c"
              onRetry={() => undefined}
            />
          </Card>
          <Card>
            <Skeleton count={3} />
          </Card>
        </div>
      </Section>
    </>
  )
}
