// What programs sent one another, letter by letter, from left to right whatever the page.

interface CodeProps {
  readonly children: string
  readonly label?: string | undefined
}

export function Code({ children, label }: CodeProps) {
  const named = label === undefined ? {} : { 'aria-label': label }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long one is scrolled, and by the keyboard, too.
    <pre class="webhook-code" dir="ltr" tabIndex={0} {...named}>
      {children}
    </pre>
  )
}
