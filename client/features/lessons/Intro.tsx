// What a lesson is about: to staff above its pages, to learners before they begin.

export function Intro({ text }: { readonly text: string }) {
  if (text === '') return null
  return <p class="reading lesson-intro">{text}</p>
}
