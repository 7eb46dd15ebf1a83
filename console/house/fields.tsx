import { Input } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { address, type StoredFile, sentences } from '#console/api.ts'
import { useNews } from './formDesk.ts'
import { sendFile, wrongBefore } from './sending.ts'
import { smaller } from './shrink.ts'
import { dateIn } from './typed.ts'
import './fields.css'

/** A date as `YYYY-MM-DD` text, by the browser's own picker: light, keyboard-friendly and right on phones. */
export function DateField(props: {
  id?: string
  value?: string
  onChange?: (value: string) => void
  min?: string
  max?: string
}) {
  return (
    <Input
      type="date"
      className="date-field"
      {...(props.id ? { id: props.id } : {})}
      {...(props.min ? { min: props.min } : {})}
      {...(props.max ? { max: props.max } : {})}
      value={props.value ?? ''}
      onChange={(event) => props.onChange?.(event.target.value)}
      // The picker takes no text as other programs write it; what is copied from a document is understood here.
      onPaste={(event) => {
        const date = dateIn(event.clipboardData.getData('text'))
        if (date === undefined) return
        event.preventDefault()
        props.onChange?.(date)
      }}
    />
  )
}

interface Sending {
  key: string
  name: string
  share: number
  file: File
  errors: string[]
  /** When it was chosen: what is stored sooner does not overtake it. */
  place: number
}

/** Two at a time: a phone's line carries no more, and the server looks at one after the other. */
const AT_ONCE = 2

/** Files sent with progress, in the order in which they were chosen; what fails can be tried again without choosing it anew. */
export function FileField(props: {
  id?: string
  value?: StoredFile[]
  onChange?: (files: StoredFile[]) => void
  /** For the file dialogue, such as `image/*,.pdf`. */
  accept?: string
  max?: number
  hint?: string
  /** The school that the files belong to, when it is not the person's only one. */
  schoolId?: string
  /** Offer the phone's camera. */
  camera?: boolean
  /** Stands with each file, such as its caption. */
  renderBeside?: (file: StoredFile) => ReactNode
}) {
  const files = props.value ?? []
  const latest = useRef(files)
  useEffect(() => {
    latest.current = files
  })
  const [sending, setSending] = useState<Sending[]>([])
  const full = props.max !== undefined && files.length + sending.length >= props.max
  const change = (key: string, part: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))

  const failed = sending.filter((one) => one.errors.length > 0)
  useNews({
    running: sending.length - failed.length,
    failed: failed.length,
    retry: () => failed.forEach(send),
  })

  const places = useRef(new Map<string, number>())
  const chosenSoFar = useRef(0)
  const line = useRef<Sending[]>([])
  const underWay = useRef(0)

  function send(one: Sending) {
    change(one.key, { errors: [], share: 0 })
    line.current.push(one)
    sendNext()
  }

  function sendNext() {
    if (underWay.current >= AT_ONCE) return
    const one = line.current.shift()
    if (!one) return
    underWay.current += 1
    void sendOne(one).finally(() => {
      underWay.current -= 1
      sendNext()
    })
    sendNext()
  }

  async function sendOne(one: Sending) {
    try {
      const file = await smaller(one.file)
      const wrong = await wrongBefore(file)
      if (wrong) return change(one.key, { errors: [wrong] })
      const where = address('/api/files', { query: { schoolId: props.schoolId } })
      const stored = await sendFile(file, where, (share) => change(one.key, { share }))
      places.current.set(stored.id, one.place)
      const placeOf = ({ id }: StoredFile) => places.current.get(id) ?? -1
      latest.current = [...latest.current, stored].sort((a, b) => placeOf(a) - placeOf(b))
      props.onChange?.(latest.current)
      setSending((all) => all.filter((other) => other.key !== one.key))
    } catch (error) {
      change(one.key, { errors: sentences(error) })
    }
  }

  function choose(list: FileList | null) {
    const room = props.max === undefined ? Number.POSITIVE_INFINITY : props.max - files.length - sending.length
    const chosen = Array.from(list ?? [])
      .slice(0, room)
      .map((file) => {
        chosenSoFar.current += 1
        const place = chosenSoFar.current
        return { key: String(place), name: file.name, share: 0, file, errors: [], place }
      })
    setSending((all) => [...all, ...chosen])
    for (const one of chosen) send(one)
  }

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
          <li key={file.id}>
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
            <button
              type="button"
              className="link"
              aria-label={`移除 ${file.name}`}
              onClick={() => props.onChange?.(files.filter((other) => other.id !== file.id))}
            >
              移除
            </button>
            {props.renderBeside?.(file)}
          </li>
        ))}
        {sending.map((one) => (
          <li key={one.key} className="files-sending">
            <span className="files-name">{one.name}</span>
            {one.errors.length === 0 ? (
              <progress value={one.share} max={1} aria-label={`正在上传 ${one.name}`} />
            ) : (
              <span className="bad" role="alert">
                {one.errors.join('')}
                <button type="button" className="link" onClick={() => send(one)}>
                  再传一次
                </button>
                <button
                  type="button"
                  className="link"
                  onClick={() => setSending((all) => all.filter((other) => other.key !== one.key))}
                >
                  不传了
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
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
