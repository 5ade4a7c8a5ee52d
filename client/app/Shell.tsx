// The frame around a page: the rail on a desktop, the bar on a phone, the content column, the place for the pane.

import type { ComponentChildren } from 'preact'
import { connection, person } from '#client/app/frame.ts'
import { OfflineBar } from '#client/app/OfflineBar.tsx'
import { BottomBar, PhoneHead } from '#client/app/PhoneBars.tsx'
import { PreviewBar } from '#client/app/PreviewBar.tsx'
import { t } from '#client/platform/texts.ts'
import { paneSlotId } from '#client/ui/Pane.tsx'
import './Shell.css'
import { Rail } from '#client/app/Rail.tsx'

export type FrameProps = {
  /** The address, for marking where the reader is. */
  readonly path: string
  readonly width: 'column' | 'wide'
  readonly children: ComponentChildren
}

/** With navigation; a guest gets none. */
export function Shell({ path, width, children }: FrameProps) {
  const member = person.value !== null && person.value?.guest !== true
  return (
    <div class="frame" data-frame="shell" data-nav={member || undefined}>
      <SkipLink />
      {member && <Rail path={path} />}
      <div class="frame-main">
        {member && <PhoneHead path={path} />}
        <PreviewBar />
        <OfflineBar {...connection.value} />
        <main id="main" class="frame-content" data-width={width} tabIndex={-1}>
          {children}
        </main>
      </div>
      <div class="frame-pane" id={paneSlotId} />
      {member && <BottomBar path={path} />}
    </div>
  )
}

/** Alone on the screen; the page brings what it needs. */
export function BareFrame({ children }: FrameProps) {
  return (
    <div class="frame" data-frame="bare">
      <SkipLink />
      <div class="frame-main">
        <PreviewBar />
        <OfflineBar {...connection.value} />
        <main id="main" class="frame-bare" tabIndex={-1}>
          {children}
        </main>
      </div>
      <div class="frame-pane" id={paneSlotId} />
    </div>
  )
}

function SkipLink() {
  return (
    <a class="skip-link" href="#main">
      {t('app.skipToContent')}
    </a>
  )
}
