// Brings the palette when it is first opened, and holds the dialog of an act over the page.
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { person } from '#client/app/frame.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { actDialog, paletteOpen } from './open.ts'
import { forgetPlaces } from './recent.ts'

/** Mounted once by the application. */
export function PaletteHost() {
  const open = paletteOpen.value
  const member = person.value !== null && person.value !== undefined && !person.value.guest
  const file = useLoad(open ? 'palette' : null, () => import('./Palette.tsx')).value
  const { path } = useLocation()
  useEffect(() => {
    if (person.value !== null) return
    forgetPlaces()
    paletteOpen.value = false
    actDialog.value = null
  }, [person.value])
  // An act's dialog belongs to the page it was opened over.
  useEffect(() => {
    actDialog.value = null
  }, [path])
  const Dialog = actDialog.value
  return (
    <>
      {open && member && file && <file.Palette />}
      {Dialog && member && <Dialog onClose={() => (actDialog.value = null)} />}
    </>
  )
}
