// The whole client: the address, the frame with its page, the notices and the announcements.
import { LocationProvider } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { frameTools } from '#client/app/frame-tools.ts'
import { KeyHost } from '#client/app/keys/KeyHost.tsx'
import { PaletteHost } from '#client/app/palette/PaletteHost.tsx'
import { RouteView } from '#client/app/RouteView.tsx'
import { LiveRegion } from '#client/ui/LiveRegion.tsx'
import { ToastRegion } from '#client/ui/Toast.tsx'

/** Links that the server answers itself are none of the router's. */
const ours = /^\/(?!(?:api|healthz|readyz|metrics|collab|socket\.io)(?:\/|$))/

/** Mounted once by main. */
export function App() {
  return (
    <LocationProvider scope={ours}>
      <RouteView />
      <Overs />
      <KeyHost />
      <PaletteHost />
      <ToastRegion />
      <LiveRegion />
    </LocationProvider>
  )
}

/** What the tools of the frame have opened, over whatever page it is. */
function Overs() {
  if (!person.value || person.value.guest) return null
  return <>{frameTools().map(({ name, Over }) => Over && <Over key={name} />)}</>
}
