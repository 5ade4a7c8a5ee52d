// One's picture: chosen, cut to a square, put in place at once, taken away with a way back.
import { ImagePlus, Trash2 } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { request } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { Avatar } from '#client/ui/Avatar.tsx'
import { Button } from '#client/ui/Button.tsx'
import { pictures } from '#client/ui/pictures.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { profileRoutes } from '#protocol/accounts/profile.ts'
import type { OwnAccount } from '#protocol/accounts.ts'
import { setPicture } from '../pictures.ts'
import { CropDialog } from './CropDialog.tsx'

export function PictureField({ account }: { readonly account: OwnAccount }) {
  const file = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<ImageBitmap>()
  const has = Boolean(pictures.value.get(account.id))

  const choose = async (blob: File | undefined) => {
    if (!blob) return
    try {
      setChosen(await createImageBitmap(blob, { imageOrientation: 'from-image' }))
    } catch {
      // The browser cannot read it: what it was is of no use to anybody.
      showToast({ text: t('people.notAPicture'), tone: 'bad' })
    }
  }
  const send = async (image: string) => {
    const { avatarId } = await request(profileRoutes.changeAvatar, { image })
    setPicture(account.id, avatarId)
    setChosen(undefined)
  }
  const remove = async () => {
    try {
      await request(profileRoutes.removeAvatar, {})
      setPicture(account.id, null)
      showToast({ text: t('people.pictureRemoved') })
    } catch (error) {
      showToast({ text: problemWords(error), tone: 'bad' })
    }
  }

  return (
    <div class="picture-field">
      <Avatar name={account.name} seed={account.id} size={96} />
      <div class="cluster">
        <Button icon={ImagePlus} onClick={() => file.current?.click()}>
          {t(has ? 'people.changePicture' : 'people.addPicture')}
        </Button>
        {has && (
          <Button kind="quiet" icon={Trash2} onClick={() => void remove()}>
            {t('people.removePicture')}
          </Button>
        )}
        <input
          ref={file}
          type="file"
          class="visually-hidden"
          accept="image/jpeg,image/png,image/webp"
          tabIndex={-1}
          aria-label={t('people.choosePicture')}
          onChange={event => {
            const [blob] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            void choose(blob)
          }}
        />
      </div>
      {chosen && <CropDialog picture={chosen} onClose={() => setChosen(undefined)} onDone={send} />}
    </div>
  )
}
