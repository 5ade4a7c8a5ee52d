// Every component of the kit in its states, to look at and to run axe over. In development builds only.
import { PageHeader } from '#client/ui/PageHeader.tsx'

export function KitPage() {
  return <PageHeader title="Component kit" />
}
