import { useEffect, useRef, useState } from 'react'
import { address, type StoredFile, sentences } from '#console/api.ts'
import { useNews } from './formDesk.ts'
import { sendFile, wrongBefore } from './sending.ts'
import { smaller } from './shrink.ts'

export interface SendingFile {
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

export interface FileFieldValue {
  value?: StoredFile[]
  onChange?: (files: StoredFile[]) => void
  max?: number
  /** The school that the files belong to, when it is not the person's only one. */
  schoolId?: string
}

/** The files of a field: those that are stored, those on their way, and how more are chosen. */
export function useSendingFiles(props: FileFieldValue) {
  const files = props.value ?? []
  const latest = useRef(files)
  useEffect(() => {
    latest.current = files
  })
  const [sending, setSending] = useState<SendingFile[]>([])
  const full = props.max !== undefined && files.length + sending.length >= props.max
  const places = useRef(new Map<string, number>())
  const chosenSoFar = useRef(0)
  const inTurn = useTurns(sendOne)
  const change = (key: string, part: Partial<SendingFile>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const drop = ({ key }: SendingFile) => setSending((all) => all.filter((other) => other.key !== key))

  function send(one: SendingFile) {
    change(one.key, { errors: [], share: 0 })
    inTurn(one)
  }

  const failed = sending.filter((one) => one.errors.length > 0)
  useNews({
    running: sending.length - failed.length,
    failed: failed.length,
    retry: () => failed.forEach(send),
  })

  async function sendOne(one: SendingFile) {
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
      drop(one)
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

  return { files, sending, full, send, drop, choose }
}

/** Takes the files one after the other, so many at once. */
function useTurns(sendOne: (one: SendingFile) => Promise<void>) {
  const line = useRef<SendingFile[]>([])
  const underWay = useRef(0)

  function next() {
    if (underWay.current >= AT_ONCE) return
    const one = line.current.shift()
    if (!one) return
    underWay.current += 1
    void sendOne(one).finally(() => {
      underWay.current -= 1
      next()
    })
    next()
  }

  return (one: SendingFile) => {
    line.current.push(one)
    next()
  }
}
