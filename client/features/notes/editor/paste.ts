// Makes pasted HTML fit to be read: Word's lists become lists, style and script go before anything is parsed into the
// page. What a note may hold is decided by its nodes; this only saves structure that would be lost.

/** Without what the page's policy would report. Word's notes on a paragraph stay readable as data-style. */
const withoutStyle = (html: string): string =>
  html
    .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<(?:meta|link)\b[^>]*>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<!\[(?:if|endif)[^>]*>/gi, '')
    .replace(/<[a-z][^>]*>/gi, tag => tag.replace(/\s(style|on\w+)\s*=/gi, ' data-$1='))

const listNote = /mso-list:\s*l\d+\s+level(\d)/i

/** Pasted HTML as clean HTML. */
export function cleanPaste(html: string): string {
  const page = new DOMParser().parseFromString(withoutStyle(html), 'text/html')
  const list: { level: number; element: HTMLElement }[] = []
  for (const element of [...page.body.querySelectorAll('p, h1, h2, h3, h4, h5, h6, table')]) {
    const level = Number(listNote.exec(element.getAttribute('data-style') ?? '')?.[1] ?? 0)
    const before = element.previousElementSibling
    if (level === 0) continue
    const mark = [...element.querySelectorAll('[data-style]')].find(one =>
      /mso-list:\s*ignore/i.test(one.getAttribute('data-style') ?? ''),
    )
    const numbered = /^\s*[\da-z]+[.)]/i.test(mark?.textContent ?? '')
    mark?.remove()
    // A list goes on only where the paragraph before was part of it.
    if (before !== list[0]?.element) list.length = 0
    while (list.length > level) list.pop()
    while (list.length < level) {
      const made = page.createElement(numbered ? 'ol' : 'ul')
      const inner = list.at(-1)
      if (inner) (inner.element.lastElementChild ?? inner.element.appendChild(page.createElement('li'))).append(made)
      else element.before(made)
      list.push({ level: list.length + 1, element: made })
    }
    const item = page.createElement('li')
    item.append(...element.childNodes)
    list.at(-1)?.element.append(item)
    element.remove()
  }
  return page.body.innerHTML
}
