import { Modal } from 'antd'
import { Draft } from './Draft.tsx'
import type { DraftProps } from './useDraft.ts'
import './FormDialogue.css'

/** A form in a dialogue: what is typed is kept as in every form, and the dialogue shuts when it is saved. */
export function FormDialogue<V extends object>({
  title,
  onClose,
  onSave,
  ...draft
}: DraftProps<V> & { title: string; onClose: () => void }) {
  return (
    <Modal open className="form-dialogue" title={title} footer={null} onCancel={onClose} destroyOnHidden>
      <Draft<V>
        {...draft}
        onSave={async (...sent) => {
          await onSave(...sent)
          onClose()
        }}
      />
    </Modal>
  )
}
