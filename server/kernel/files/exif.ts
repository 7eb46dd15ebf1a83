/** The moment a photograph was taken, read from its EXIF block; the camera's own wall clock, no time zone. */

const EXIF_IFD = 0x8769
const DATE_TIME_ORIGINAL = 0x9003
const PATTERN = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})/u

export function takenAt(exif: Uint8Array): string | undefined {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength)
  try {
    const start = exif[0] === 0x45 && exif[1] === 0x78 ? 6 : 0
    const order = view.getUint16(start)
    if (order !== 0x4949 && order !== 0x4d4d) return undefined
    const little = order === 0x4949
    const first = start + view.getUint32(start + 4, little)
    const inner = field(view, first, EXIF_IFD, little)
    if (inner === undefined) return undefined
    const date = field(view, start + view.getUint32(inner + 8, little), DATE_TIME_ORIGINAL, little)
    if (date === undefined) return undefined
    return instantText(view, start + view.getUint32(date + 8, little))
  } catch {
    // An offset that leads outside the block: the photograph is still good, only its date is unknown.
    return undefined
  }
}

function field(view: DataView, directory: number, tag: number, little: boolean): number | undefined {
  const count = view.getUint16(directory, little)
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + i * 12
    if (view.getUint16(at, little) === tag) return at
  }
  return undefined
}

function instantText(view: DataView, at: number): string | undefined {
  const text = Array.from({ length: 19 }, (_, i) => String.fromCharCode(view.getUint8(at + i))).join('')
  const match = PATTERN.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second] = match
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const real = new Date(`${iso}Z`)
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 19) !== iso ? undefined : iso
}
