import { type ReactNode, useRef } from 'react'
import type { StoredFile } from '#console/api.ts'
import { type FileFieldValue, type SendingFile, useSendingFiles } from './useSendingFiles.ts'
import './FileField.css'

/** Files sent with progress, in the order in which they were chosen; what fails can be tried again without choosing it anew. */
export function FileField(
  props: FileFieldValue & {
    id?: string
    /** For the file dialogue, such as `image/*,.pdf`. */
    accept?: string
    hint?: string
    /** Offer the phone's camera. */
    camera?: boolean
    /** Stands with each file, such as its caption. */
    renderBeside?: (file: StoredFile) => ReactNode
  },
) {
  const { files, sending, full, send, drop, choose } = useSendingFiles(props)
  return (
    <div className="files">
      {!full && (
        <div className="files-choose">
          <Picker id={props.id} accept={props.accept} label="选择文件" multiple={props.max !== 1} onPick={choose} />
          {props.camera && <Picker accept="image/*" label="拍照" capture onPick={choose} />}
        </div>
      )}
      {props.hint && <p className="quiet">{props.hint}</p>}
      <ul>
        {files.map((file) => (
          <StoredRow
            key={file.id}
            file={file}
            beside={props.renderBeside?.(file)}
            onRemove={() => props.onChange?.(files.filter((other) => other.id !== file.id))}
          />
        ))}
        {sending.map((one) => (
          <SendingRow key={one.key} sending={one} onAgain={() => send(one)} onDrop={() => drop(one)} />
        ))}
      </ul>
    </div>
  )
}

function StoredRow({ file, beside, onRemove }: { file: StoredFile; beside: ReactNode; onRemove: () => void }) {
  return (
    <li>
      {isPicture(file) && (
        <a
          href={`/api/files/${file.id}/thumbnail?size=1280`}
          target="_blank"
          rel="noreferrer"
          aria-label={`看大图 ${file.name}`}
        >
          <img src={`/api/files/${file.id}/thumbnail`} alt="" loading="lazy" />
        </a>
      )}
      <span className="files-name">{file.name}</span>
      <button type="button" className="link" aria-label={`移除 ${file.name}`} onClick={onRemove}>
        移除
      </button>
      {beside}
    </li>
  )
}

function SendingRow(props: { sending: SendingFile; onAgain: () => void; onDrop: () => void }) {
  const one = props.sending
  return (
    <li className="files-sending">
      <span className="files-name">{one.name}</span>
      {one.errors.length === 0 ? (
        <progress value={one.share} max={1} aria-label={`正在上传 ${one.name}`} />
      ) : (
        <span className="bad" role="alert">
          {one.errors.join('')}
          <button type="button" className="link" onClick={props.onAgain}>
            再传一次
          </button>
          <button type="button" className="link" onClick={props.onDrop}>
            不传了
          </button>
        </span>
      )}
    </li>
  )
}

function isPicture(file: StoredFile): boolean {
  return file.kind === 'jpg' || file.kind === 'png' || file.kind === 'webp'
}

function Picker(props: {
  id?: string | undefined
  accept?: string | undefined
  label: string
  multiple?: boolean
  capture?: boolean
  onPick: (list: FileList | null) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        className="hidden"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept={props.accept}
        multiple={props.multiple ?? false}
        {...(props.capture ? { capture: 'environment' as const } : {})}
        onChange={(event) => {
          props.onPick(event.target.files)
          event.target.value = ''
        }}
      />
      <button type="button" id={props.id} className="button" onClick={() => input.current?.click()}>
        {props.label}
      </button>
    </>
  )
}
