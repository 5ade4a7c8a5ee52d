// A cohort of the demo school: the intake of this year, offered to every course and in none yet.
import { cohortRoutes } from '#protocol/cohorts.ts'
import type { Insider } from '#server/main.ts'
import { learners } from './people.ts'

/** Makes it and puts every learner of the demo in. */
export async function addCohort(as: Insider): Promise<void> {
  const description = 'Everybody who began in autumn'
  const { cohort } = await as.call(cohortRoutes.create, { name: 'Intake of this year', description })
  await as.call(cohortRoutes.addPeople, { cohortId: cohort.id, emails: learners.map(one => one.email) })
}
