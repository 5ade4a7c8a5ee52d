// Catches a fault of the page below it, so that the frame stays and the reader can go on.

import { RotateCw } from 'lucide-preact'
import { Component, type ComponentChildren } from 'preact'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'

export type ErrorBoundaryProps = {
  /** A new value forgets the fault: the address. */
  readonly resetBy: string
  readonly children: ComponentChildren
}

type State = { readonly fault: unknown; readonly at: string | undefined }

/** Shows a friendly page with a reload in place of what broke. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { fault: undefined, at: undefined }

  override componentDidCatch(fault: unknown): void {
    this.setState({ fault, at: this.props.resetBy })
    // The window's own handler gets it too, where the platform reports faults.
    queueMicrotask(() => reportError(fault))
  }

  override render() {
    if (this.state.fault !== undefined && this.state.at === this.props.resetBy) return <FaultPage />
    return this.props.children
  }
}

function FaultPage() {
  return (
    <ErrorState
      page
      title={t('app.faultTitle')}
      detail={t('app.faultDetail')}
      action={
        <Button kind="primary" icon={RotateCw} onClick={() => location.reload()}>
          {t('app.reload')}
        </Button>
      }
    />
  )
}
