// Where others reach this server: for codes, QR images and links that leave this device. The server tells it, since a
// host's own browser may have come by localhost. Never used to send anything.
import { signal } from '@preact/signals'

/** Such as https://learn.example.org; this page's own until the server has told. */
export const shareOrigin = signal(typeof location === 'undefined' ? '' : location.origin)

/** Takes what the server told; what is no origin changes nothing. */
export function setShareOrigin(told: string): void {
  if (/^https?:\/\/[^/]+$/.test(told)) shareOrigin.value = told
}

/** A path of ours (it begins with `/`) as an address to hand on. */
export const shareLink = (path: string): string => shareOrigin.value + path

/** The origin as people type it: without the scheme. */
export const shareHost = (): string => shareOrigin.value.replace(/^https?:\/\//, '')
