// Whose words this page writes. What is typed or sent in the moment in which an account is signed out elsewhere is still its
// person's; nobody else's page ever takes it for its own.
import { realtime } from './realtime.ts'

const storageKey = 'lectern-last-account'

/** Who the page is for, as it was told; undefined until then. */
let told: string | undefined

/** Who was signed in on this device last, for a page that begins without a connection. */
function kept(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    // A browser that keeps nothing.
    return null
  }
}

/** Notes who is signed in; with nobody, the page that still stands goes on as that of who was. */
export function writesAs(account: string | null): void {
  if (account !== null) told = account
  try {
    if (account === null) localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, account)
  } catch {
    // As above.
  }
}

/** The account whose words they are; null for nobody's. */
export const writer = (): string | null => told ?? realtime().accountId.peek() ?? kept()
