// A turning mark for a short wait inside something; a page that loads shows a Skeleton instead.
import './Spinner.css'

/** `label` is read out; leave it away where the words beside already say it. */
export function Spinner({ label }: { readonly label?: string | undefined }) {
  return (
    <span class="spinner" {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })} />
  )
}
