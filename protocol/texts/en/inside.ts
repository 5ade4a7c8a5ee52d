// The English words of everything behind the first screens: see door.ts.
import { access } from './access.ts'
import { accessibility } from './accessibility.ts'
import { archives } from './archives.ts'
import { assignments } from './assignments.ts'
import { attempts } from './attempts.ts'
import { attendance } from './attendance.ts'
import { audit } from './audit.ts'
import { cohorts } from './cohorts.ts'
import { conditions } from './conditions.ts'
import { content } from './content.ts'
import { copy } from './copy.ts'
import { courses } from './courses.ts'
import { glossaries } from './glossaries.ts'
import { grades } from './grades.ts'
import { grading } from './grading.ts'
import { groups } from './groups.ts'
import { imports } from './imports.ts'
import { lessons } from './lessons.ts'
import { links } from './links.ts'
import { meetings } from './meetings.ts'
import { observers } from './observers.ts'
import { openings } from './openings.ts'
import { organisation } from './organisation.ts'
import { overview } from './overview.ts'
import { packages } from './packages.ts'
import { participation } from './participation.ts'
import { people } from './people.ts'
import { privacy } from './privacy.ts'
import { progress } from './progress.ts'
import { search } from './search.ts'
import { surveys } from './surveys.ts'
import { tokens } from './tokens.ts'
import { webhooks } from './webhooks.ts'

export const inside = {
  access,
  accessibility,
  archives,
  assignments,
  attempts,
  attendance,
  audit,
  cohorts,
  conditions,
  content,
  copy,
  courses,
  glossaries,
  grades,
  grading,
  groups,
  imports,
  lessons,
  links,
  meetings,
  observers,
  openings,
  organisation,
  overview,
  packages,
  participation,
  people,
  privacy,
  progress,
  search,
  surveys,
  tokens,
  webhooks,
} as const
