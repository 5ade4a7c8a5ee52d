// What the palette offers about one's account: the other languages of the pages.
import { Languages } from 'lucide-preact'
import { registerPaletteSource } from '#client/app/palette/registry.ts'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { locale, t } from '#client/platform/texts.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { accountRoutes } from '#protocol/accounts.ts'
import { languages } from '#protocol/texts/locales.ts'
import { me } from './store.ts'

async function speak(id: string): Promise<void> {
  const account = me.peek()
  if (!account) return
  try {
    me.value = (await request(accountRoutes.changeProfile, { version: account.version, locale: id })).account
  } catch (error) {
    showToast({ text: problemWords(error), tone: 'bad' })
  }
}

/** Called once, at the boot of accounts. */
export function startAccountPalette(): void {
  registerPaletteSource({
    name: 'language',
    group: 'act',
    list: () =>
      languages
        .filter(one => one.id !== locale)
        .map(one => ({
          key: `language ${one.id}`,
          label: t('palette.language', { name: one.name }),
          icon: Languages,
          does: { run: () => void speak(one.id) },
        })),
  })
}
