// The text itself: plain, in paragraphs, at the measure of reading.
import './consent.css'

export function Text({ body }: { readonly body: string }) {
  return (
    <div class="consent-text" dir="auto">
      {body.split(/\n{2,}/).map((part, index) => (
        <p key={`${index} ${part.length}`}>{part}</p>
      ))}
    </div>
  )
}
