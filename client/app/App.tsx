// The whole client: the address, the frame with its page, the notices and the announcements.
import { LocationProvider } from 'preact-iso/router'
import { gate, person } from '#client/app/frame.ts'
import { frameTools } from '#client/app/frame-tools.ts'
import { KeyHost } from '#client/app/keys/KeyHost.tsx'
import { PaletteHost } from '#client/app/palette/PaletteHost.tsx'
import { RouteView } from '#client/app/RouteView.tsx'
import { BareFrame } from '#client/app/Shell.tsx'
import { LiveRegion } from '#client/ui/LiveRegion.tsx'
import { ToastRegion } from '#client/ui/Toast.tsx'

/** Links that the server answers itself are none of the router's. */
const ours = /^\/(?!(?:api|healthz|readyz|metrics|collab|socket\.io)(?:\/|$))/

/** Mounted once by main. */
export function App() {
  return (
    <LocationProvider scope={ours}>
      <Pages />
      <ToastRegion />
      <LiveRegion />
    </LocationProvider>
  )
}

/** The page of the address with what opens over it, or what stands in place of all. */
function Pages() {
  const Gate = gate.value
  if (Gate)
    return (
      <BareFrame path="" width="column">
        <Gate />
      </BareFrame>
    )
  return (
    <>
      <RouteView />
      <Overs />
      <KeyHost />
      <PaletteHost />
    </>
  )
}

/** What the tools of the frame have opened, over whatever page it is. */
function Overs() {
  if (!person.value || person.value.guest) return null
  return <>{frameTools().map(({ name, Over }) => Over && <Over key={name} />)}</>
}
