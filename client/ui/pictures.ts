// Pictures of people, for whoever draws an avatar: the kit says whose it would like, a feature that knows fills them in.
// Nothing is fetched here.
import { signal } from '@preact/signals'

/** The address of a picture by the seed of an avatar (an account's id); null: known to have none. */
export const pictures = signal<ReadonlyMap<string, string | null>>(new Map())

let wanted: (seed: string) => void = () => undefined

/** Says who finds pictures; called once at boot. */
export const onPictureWanted = (find: (seed: string) => void): void => {
  wanted = find
}

/** The picture of a seed, once it is known; asking makes it known. */
export function pictureOf(seed: string | undefined): string | undefined {
  if (seed === undefined) return undefined
  const known = pictures.value.get(seed)
  if (known === undefined) wanted(seed)
  return known ?? undefined
}
