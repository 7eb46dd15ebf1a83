import { exifOf } from './exif.ts'

/** Long enough to read a notice on a photographed wall, and a tenth of what a phone's camera makes. */
const LONG_EDGE = 2_560
const QUALITY = 0.85
const WORTH_IT = 600 * 1024
/** The camera's part stands at the beginning. */
const BEGINNING = 256 * 1024

/** A large photograph made smaller before it goes out; the file itself where there is nothing to gain or the browser cannot do it. */
export async function smaller(file: File): Promise<File> {
  if (file.type !== 'image/jpeg' || file.size < WORTH_IT) return file
  const address = URL.createObjectURL(file)
  try {
    const picture = await drawn(address)
    const scale = LONG_EDGE / Math.max(picture.naturalWidth, picture.naturalHeight)
    if (scale >= 1) return file
    const blob = await scaled(picture, scale)
    if (blob?.type !== 'image/jpeg') return file
    const exif = exifOf(new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer()))
    const parts = exif ? [blob.slice(0, 2), exif, blob.slice(2)] : [blob]
    const made = new File(parts, file.name, { type: 'image/jpeg', lastModified: file.lastModified })
    return made.size < file.size ? made : file
  } catch {
    return file
  } finally {
    URL.revokeObjectURL(address)
  }
}

function drawn(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const picture = new Image()
    picture.addEventListener('load', () => resolve(picture))
    picture.addEventListener('error', reject)
    picture.src = address
  })
}

// An image element is drawn upright by every browser of the floor.
function scaled(picture: HTMLImageElement, scale: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.naturalWidth * scale)
  canvas.height = Math.round(picture.naturalHeight * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
}
