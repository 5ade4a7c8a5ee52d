// Finds the pictures of the people on screen: those who are drawn in one moment are asked about together, each once.
import { effect } from '@preact/signals'
import { request } from '#client/platform/call.ts'
import { onPictureWanted, pictures } from '#client/ui/pictures.ts'
import { profileRoutes } from '#protocol/accounts/profile.ts'
import { apiBase } from '#protocol/base/call.ts'
import { me } from './store.ts'

const most = 200
const gatherMs = 60
const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const asked = new Set<string>()
const waiting = new Set<string>()
let _timer: number | undefined

/** Where a picture is; another picture has another address. */
export const pictureAddress = (avatarId: string): string =>
  apiBase + profileRoutes.avatar.path.replace(':avatarId', avatarId)

/** Puts a person's picture in place everywhere it is drawn; null takes it away. */
export function setPicture(accountId: string, avatarId: string | null): void {
  asked.add(accountId)
  pictures.value = new Map(pictures.peek()).set(accountId, avatarId && pictureAddress(avatarId))
}

async function ask(): Promise<void> {
  _timer = undefined
  const accountIds = [...waiting].slice(0, most)
  for (const id of accountIds) waiting.delete(id)
  if (waiting.size > 0) _timer = window.setTimeout(() => void ask(), gatherMs)
  try {
    const { items } = await request(profileRoutes.avatars, { accountIds })
    if (items.length === 0) return
    const found = new Map(pictures.peek())
    for (const one of items) found.set(one.accountId, pictureAddress(one.avatarId))
    pictures.value = found
  } catch {
    // Initials stand where a picture is not known; who is drawn again is asked about again.
    for (const id of accountIds) asked.delete(id)
  }
}

function want(seed: string): void {
  if (!me.peek() || asked.has(seed) || !idForm.test(seed)) return
  asked.add(seed)
  waiting.add(seed)
  _timer ??= window.setTimeout(() => void ask(), gatherMs)
}

/** Starts it; called once by main. Another person sees other pictures. */
export function startPictures(): void {
  onPictureWanted(want)
  let reader: string | undefined
  effect(() => {
    const id = me.value?.id
    if (id === reader) return
    reader = id
    asked.clear()
    waiting.clear()
    pictures.value = new Map()
  })
}
