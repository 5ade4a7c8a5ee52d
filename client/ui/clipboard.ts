// Copies text, also over plain http, where the browser has no clipboard interface.

/** True when the text was copied. Call it inside the reader's click. */
export async function copyText(text: string): Promise<boolean> {
  if (isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // The browser may refuse without a permission; the older way may still work.
    }
  }
  const before = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  area.className = 'visually-hidden'
  // Inside an open dialog everything outside is inert and cannot be selected.
  const host = before?.closest('dialog') ?? document.body
  host.append(area)
  area.select()
  let done = false
  try {
    done = document.execCommand('copy')
  } catch {
    done = false
  }
  area.remove()
  if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  return done
}
