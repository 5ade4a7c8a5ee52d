// Sets, changes or takes away the link of what is selected; without a selection the address itself is written.
import type { Editor } from '@tiptap/core'
import { useState } from 'preact/hooks'
import { t } from '#client/platform/texts.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Form } from '#client/ui/Form.tsx'
import { linkAddress } from './link-address.ts'

export interface LinkDialogProps {
  readonly editor: Editor
  readonly onClose: () => void
}

/** Mounted while it is open. */
export function LinkDialog({ editor, onClose }: LinkDialogProps) {
  const before: unknown = editor.getAttributes('link').href
  const [typed, setTyped] = useState(typeof before === 'string' ? before : '')
  const [wrong, setWrong] = useState(false)

  const done = () => {
    onClose()
    // The dialog gives the focus back to where it was; then the text takes it.
    setTimeout(() => editor.commands.focus())
  }
  const apply = () => {
    const href = linkAddress(typed)
    if (href === undefined) {
      setWrong(true)
      return
    }
    const chain = editor.chain().extendMarkRange('link')
    if (editor.state.selection.empty && !editor.isActive('link')) {
      chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] }).run()
    } else chain.setLink({ href }).run()
    done()
  }

  return (
    <Dialog open onClose={done} title={t('notes.linkTitle')}>
      <Form onSubmit={apply} errors={wrong ? [{ name: 'address', message: t('notes.linkWrong') }] : []}>
        <Field
          name="address"
          label={t('notes.linkAddress')}
          hint={t('notes.linkHint')}
          value={typed}
          onValue={value => {
            setTyped(value)
            setWrong(false)
          }}
          error={wrong ? t('notes.linkWrong') : undefined}
          inputMode="url"
          autoFocus
        />
        <div class="form-actions">
          {before !== undefined && before !== null && (
            <Button
              onClick={() => {
                editor.chain().extendMarkRange('link').unsetLink().run()
                done()
              }}
            >
              {t('notes.linkRemove')}
            </Button>
          )}
          <Button kind="primary" type="submit">
            {t('notes.linkApply')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
