// Between the two models of data that packages speak and the one form that travels (protocol/packages.ts). Pure: what comes out
// of a package is cut to what can be kept, and never trusted further.

import type { Completion, PartData, PartScore, PartState, Success } from '#protocol/packages/attempts.ts'
import { longestLocation, longestSuspend, mostObjectives } from '#protocol/packages/limits.ts'
import type { PlayedPart, ScormForm } from '#protocol/packages/player.ts'

/** What a library says of a part, as nested words. */
export interface Said {
  readonly [word: string]: unknown
}

/** What is nested under a word; nothing where that is no more words. */
export const under = (said: unknown, word: string): Said => {
  const found = typeof said === 'object' && said !== null ? (said as Said)[word] : undefined
  return typeof found === 'object' && found !== null ? (found as Said) : {}
}

/** The text or number under a word, of so many characters at most. */
export const word = (said: unknown, key: string, most: number): string => {
  const found = typeof said === 'object' && said !== null ? (said as Said)[key] : undefined
  return (typeof found === 'string' || typeof found === 'number' ? String(found) : '')
    .replaceAll('\u0000', '')
    .slice(0, most)
}

const largest = 1e9

function figure(said: Said, key: string): number | undefined {
  const text = word(said, key, 40).trim()
  const value = Number(text)
  return text === '' || !Number.isFinite(value) || Math.abs(value) > largest ? undefined : value
}

/** A score, where there is one: bounds alone are none. */
export function scoreIn(said: Said): PartScore | null {
  const [raw, min, max, scaled] = ['raw', 'min', 'max', 'scaled'].map(key => figure(said, key))
  if (raw === undefined && scaled === undefined) return null
  return {
    ...(raw === undefined ? {} : { raw }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(scaled === undefined ? {} : { scaled }),
  }
}

const objectivesIn = (
  said: Said,
  read: (one: Said) => { completion: string; success: string },
): PartData['objectives'] =>
  Object.values(said)
    .slice(0, mostObjectives)
    .map(one => ({ id: word(one, 'id', 255), ...read(one as Said), score: scoreIn(under(one, 'score')) }))
    .filter(one => one.id !== '')

const standings: Readonly<Record<string, readonly [Completion, Success]>> = {
  passed: ['completed', 'passed'],
  failed: ['completed', 'failed'],
  completed: ['completed', 'unknown'],
  incomplete: ['incomplete', 'unknown'],
  browsed: ['incomplete', 'unknown'],
}

function told12(cmi: Said): Omit<PartData, 'seconds'> {
  const core = under(cmi, 'core')
  const [completion, success] = standings[word(core, 'lesson_status', 20)] ?? ['not-attempted', 'unknown']
  return {
    ...{ completion, success, score: scoreIn(under(core, 'score')) },
    location: word(core, 'lesson_location', longestLocation),
    suspend: word(cmi, 'suspend_data', longestSuspend),
    objectives: objectivesIn(under(cmi, 'objectives'), one => ({ completion: word(one, 'status', 20), success: '' })),
  }
}

function told2004(cmi: Said): Omit<PartData, 'seconds'> {
  const completed = word(cmi, 'completion_status', 20)
  const succeeded = word(cmi, 'success_status', 20)
  return {
    completion: completed === 'completed' || completed === 'incomplete' ? completed : 'not-attempted',
    success: succeeded === 'passed' || succeeded === 'failed' ? succeeded : 'unknown',
    score: scoreIn(under(cmi, 'score')),
    location: word(cmi, 'location', longestLocation),
    suspend: word(cmi, 'suspend_data', longestSuspend),
    objectives: objectivesIn(under(cmi, 'objectives'), one => ({
      completion: word(one, 'completion_status', 20),
      success: word(one, 'success_status', 20),
    })),
  }
}

/** What a part tells, from what its library says; `seconds`: how long this sitting lasts. */
export const toldBy = (form: ScormForm, cmi: Said, seconds: number): PartData => ({
  ...(form === 'scorm12' ? told12(cmi) : told2004(cmi)),
  seconds: Math.max(0, Math.min(10_000_000, Math.round(seconds))),
})

export interface Beginning {
  readonly part: Pick<PlayedPart, 'mastery' | 'launchData'>
  readonly state: PartState | null
  readonly learner: { readonly id: string; readonly name: string }
}

const two = (value: number): string => String(value).padStart(2, '0')
const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`

const texts = (score: PartScore | null): Record<string, string> =>
  Object.fromEntries(
    Object.entries(score ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  )

const status12 = ({ completion, success }: Pick<PartData, 'completion' | 'success'>): string =>
  success !== 'unknown' ? success : completion === 'not-attempted' ? 'not attempted' : completion

const withoutScaled = (score: PartScore | null): Record<string, string> => {
  const { scaled, ...rest } = texts(score)
  return rest
}

function begin12({ part, state, learner }: Beginning): Said {
  const data = state?.data
  return {
    core: {
      student_id: learner.id,
      student_name: learner.name,
      lesson_location: data?.location ?? '',
      lesson_status: data ? status12(data) : 'not attempted',
      credit: 'credit',
      lesson_mode: 'normal',
      entry: state ? 'resume' : 'ab-initio',
      total_time: clock(state?.seconds ?? 0),
      ...(data?.score ? { score: withoutScaled(data.score) } : {}),
    },
    suspend_data: data?.suspend ?? '',
    launch_data: part.launchData,
    ...(part.mastery === null ? {} : { student_data: { mastery_score: String(Math.round(part.mastery * 100)) } }),
    ...(data && data.objectives.length > 0
      ? {
          objectives: data.objectives.map(one => ({
            id: one.id,
            ...(one.completion === '' ? {} : { status: one.completion }),
            ...(one.score ? { score: withoutScaled(one.score) } : {}),
          })),
        }
      : {}),
  }
}

function begin2004({ part, state, learner }: Beginning): Said {
  const data = state?.data
  return {
    learner_id: learner.id,
    learner_name: learner.name,
    credit: 'credit',
    mode: 'normal',
    entry: state ? 'resume' : 'ab-initio',
    launch_data: part.launchData,
    total_time: `PT${state?.seconds ?? 0}S`,
    ...(part.mastery === null ? {} : { scaled_passing_score: String(part.mastery) }),
    ...(data
      ? {
          location: data.location,
          suspend_data: data.suspend,
          completion_status: data.completion === 'not-attempted' ? 'not attempted' : data.completion,
          success_status: data.success,
          ...(data.score ? { score: texts(data.score) } : {}),
          ...(data.objectives.length > 0
            ? {
                objectives: data.objectives.map(one => ({
                  id: one.id,
                  ...(one.completion === '' ? {} : { completion_status: one.completion }),
                  ...(one.success === '' ? {} : { success_status: one.success }),
                  ...(one.score ? { score: texts(one.score) } : {}),
                })),
              }
            : {}),
        }
      : {}),
  }
}

/** What a library is filled with before a part begins. */
export const begunWith = (form: ScormForm, beginning: Beginning): Said =>
  form === 'scorm12' ? begin12(beginning) : begin2004(beginning)
