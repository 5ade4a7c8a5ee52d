// Waiting for a condition in tests, in place of sleeping for a guessed time.

/**
 * Asks `condition` again and again until it answers something truthy, and returns that.
 * Throws after `within` milliseconds, naming `what` was awaited and the last error.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  what: string,
  within = 20_000,
): Promise<Exclude<T, false | null | undefined | '' | 0>> {
  const end = performance.now() + within
  let last: unknown
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 100)) {
    try {
      const answer = await condition()
      if (answer) return answer as Exclude<T, false | null | undefined | '' | 0>
      last = undefined
    } catch (error) {
      last = error
    }
    if (performance.now() > end) {
      throw new Error(`Waited ${within} ms in vain for ${what}`, last === undefined ? {} : { cause: last })
    }
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}
