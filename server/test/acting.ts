// A course with its people, whatever they do noted and watched: for the test of every act (acts.test.ts).
import { peopleRoutes as schoolRoutes } from '#protocol/accounts/people.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { type ActivityId, activityRoutes } from '#protocol/activities.ts'
import { attendanceScope, ownAttendanceId, ownAttendanceScope } from '#protocol/attendance.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { gradebookScope } from '#protocol/grades.ts'
import { seatId, seatScope } from '#protocol/live/hands.ts'
import { type RunId, runHostsScope, runScope } from '#protocol/live.ts'
import { privacyRoutes } from '#protocol/privacy.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { makeCourse, makePerson, type TestCourse } from './classes.ts'
import { signedInClient } from './factories.ts'
import type { TestNode } from './harness.ts'
import type { TestClient } from './test-client.ts'
import { Watching } from './watching.ts'

export type Person = TestClient & { readonly accountId: AccountId }

/** Acts of other features that reach these scopes. */
export const reaching = [
  ...[courseRoutes.change, lifeRoutes.changeState, lifeRoutes.remove, lifeRoutes.restore],
  ...[peopleRoutes.changeRole, peopleRoutes.endEnrolment, accountRoutes.changeProfile, accountRoutes.suspend],
  ...[accountRoutes.reactivate, schoolRoutes.merge, privacyRoutes.erase, resetRoutes.reset],
].map(one => one.name)

/** Learners of the course. Lena and Ida are watched with the host, the others come and go. */
export const learnerNames = ['Lena', 'Ida', 'Ben', 'Max', 'Otto'] as const

export class Acting {
  readonly watching = new Watching()
  /** The name of every call and route that was made. */
  readonly done = new Set<string>()
  readonly #who = new Map<string, Person>()

  private constructor(readonly course: TestCourse) {}

  /** A course on `node` with an administrator, its instructor and its learners. */
  static async begin(node: TestNode): Promise<Acting> {
    const acting = new Acting(await makeCourse())
    const { courseId, instructorId } = acting.course
    acting.#who.set('admin', acting.noted(await signedInClient(node, { role: 'administrator' })))
    acting.#who.set('host', acting.noted(await signedInClient(node, { accountId: instructorId })))
    for (const name of learnerNames) {
      const accountId = await makePerson(courseId, 'learner', name)
      acting.#who.set(name, acting.noted(await signedInClient(node, { accountId })))
    }
    return acting
  }

  who(name: 'admin' | 'host' | (typeof learnerNames)[number]): Person {
    const found = this.#who.get(name)
    if (!found) throw new Error(`Nobody here is called ${name}`)
    return found
  }

  /** A client whose calls and requests are noted. */
  noted<C extends TestClient>(client: C): C {
    return {
      ...client,
      request: ((spec, ...rest) => client.request(this.done.add(spec.name) && spec, ...rest)) as TestClient['request'],
      call: ((spec, ...rest) => client.call(this.done.add(spec.name) && spec, ...rest)) as TestClient['call'],
    }
  }

  /** Lets something happen, with its jobs, and compares what each who watches has. */
  readonly watched = <T>(name: string, act: () => Promise<T>): Promise<T> => this.watching.after(name, act)

  /** Watches what the course has for its staff, and what each has of their own. */
  async watchCourse(): Promise<void> {
    const { courseId } = this.course
    const [host, lena, ida] = [this.who('host'), this.who('Lena'), this.who('Ida')]
    await this.watching.add(host, gradebookScope, courseId)
    await this.watching.add(host, attendanceScope, courseId)
    await this.watchOwn()
    for (const one of [lena, ida])
      await this.watching.add(one, ownAttendanceScope, ownAttendanceId(courseId, one.accountId))
  }

  async watchOwn(): Promise<void> {
    for (const name of ['host', 'Lena', 'Ida'] as const) {
      const one = this.who(name)
      await this.watching.add(one, userScope, one.accountId)
    }
  }

  async watchClass(runId: RunId): Promise<void> {
    const [host, lena, ida] = [this.who('host'), this.who('Lena'), this.who('Ida')]
    for (const one of [host, lena]) await this.watching.add(one, runScope, runId)
    await this.watching.add(host, runHostsScope, runId)
    for (const one of [lena, ida]) await this.watching.add(one, seatScope, seatId(runId, one.accountId))
  }

  async renameCourse(title: string): Promise<void> {
    const { courseId } = this.course
    const { course } = await this.who('host').request(courseRoutes.get, { courseId })
    await this.who('host').request(courseRoutes.change, { courseId, version: course.version, title })
  }

  /** Somebody calls themselves otherwise. */
  async rename(who: Person, name: string): Promise<void> {
    const { account } = await who.request(accountRoutes.me)
    await who.request(accountRoutes.changeProfile, { version: account?.version ?? 0, name })
  }

  /** All that can be changed about an activity, in the phase its delivery is in. */
  async changePlan(activityId: ActivityId, phase: string, given: 'in class' | 'at home' = 'in class'): Promise<void> {
    const host = this.who('host')
    const { watched } = this
    const known = () => host.request(activityRoutes.get, { activityId })
    const { activity, items } = await known()
    const said = (what: string) => `${activity.kind} ${phase}: ${what}`
    await watched(said('title'), () =>
      host.request(activityRoutes.change, { activityId, version: activity.version, title: `Called ${phase}` }),
    )
    const settings = { limitSeconds: activity.settings.limitSeconds === 40 ? 60 : 40 }
    await watched(said('settings'), () =>
      host.request(activityRoutes.change, { activityId, version: activity.version + 1, settings }),
    )
    if ('mayChange' in activity.settings)
      await watched(said('mayChange'), () =>
        host.request(activityRoutes.change, {
          ...{ activityId, version: activity.version + 2 },
          settings: { mayChange: !activity.settings.mayChange },
        }),
      )
    const [first] = items
    if (!first) throw new Error('Nothing is asked in it')
    const asked = first.question.question
    const words = { ...asked, body: { ...asked.body, prompt: `Asked ${phase}` } } as WrittenQuestion
    await watched(said('added'), () => host.request(activityRoutes.addItem, { activityId, question: words }))
    await watched(said('words'), () =>
      host.request(activityRoutes.changeItem, {
        activityId,
        itemId: first.id,
        version: first.version,
        question: words,
      }),
    )
    await watched(said('points'), () =>
      host.request(activityRoutes.changeItem, {
        ...{ activityId, itemId: first.id, version: first.version + 1 },
        points: first.points === '2' ? '3' : '2',
      }),
    )
    const added = (await known()).items.at(-1) ?? first
    await watched(said('moved'), () =>
      host.request(activityRoutes.moveItem, { activityId, itemId: added.id, position: 0 }),
    )
    // What stands in homework is given out.
    if (given === 'in class')
      await watched(said('removed'), () => host.request(activityRoutes.removeItem, { activityId, itemId: added.id }))
    await watched(said('course renamed'), () => this.renameCourse(`While ${activity.kind} ${phase}`))
  }
}
