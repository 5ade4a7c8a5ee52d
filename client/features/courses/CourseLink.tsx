// A link to a page of a course, in the row below its heading; beside the course where there is room.
import { Icon, type LucideIcon } from '#client/ui/Icon.tsx'

interface CourseLinkProps {
  readonly icon: LucideIcon
  readonly href: string
  readonly label: string
  /** A plain click opens it beside the course instead of leaving. */
  readonly onBeside?: (() => void) | undefined
  readonly children?: preact.ComponentChildren
}

export function CourseLink({ icon, href, label, onBeside, children }: CourseLinkProps) {
  const onClick = (event: MouseEvent) => {
    if (!onBeside || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    event.stopPropagation()
    onBeside()
  }
  return (
    <a class="course-link" href={href} onClick={onClick}>
      <Icon as={icon} />
      {label}
      {children}
    </a>
  )
}
