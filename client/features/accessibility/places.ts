// Leads to a block of the page on screen: to read, or in its editor.

/** How long a block that was led to stands out, in milliseconds. */
const outMs = 4_000

/** The text as it is read stands in `.reading`, as it is written in the editor, which has that class too. */
const blockOf = (block: number): Element | undefined =>
  window.document.querySelector('.page-read .reading, .page-editor .reading')?.children[block]

/** Scrolls to a block and lets it stand out for a while. Answers whether it is there. */
export function showBlock(block: number): boolean {
  const element = blockOf(block)
  if (!(element instanceof HTMLElement)) return false
  element.scrollIntoView({ block: 'center' })
  element.dataset.found = ''
  setTimeout(() => delete element.dataset.found, outMs)
  return true
}
