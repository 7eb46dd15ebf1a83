const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0]
const ORIENTATION = 0x0112
/** The marker, its length and `Exif` stand before the directories. */
const HEAD = 10

/**
 * What the camera wrote into a photograph (when it was taken, above all), ready to stand in a smaller copy of it: that copy stands
 * upright already, so that the orientation is “as it is”. Nothing where the file holds no such part.
 */
export function exifOf(jpeg: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
  for (let at = 2; at + HEAD < jpeg.length && jpeg[at] === 0xff; ) {
    const marker = jpeg[at + 1]
    const length = 2 + view.getUint16(at + 2)
    if (marker === 0xe1 && EXIF.every((byte, index) => jpeg[at + 4 + index] === byte)) {
      const part = jpeg.slice(at, at + length)
      return part.length === length && upright(part) ? part : undefined
    }
    if (marker === 0xda) return undefined
    at += length
  }
  return undefined
}

/** Sets the orientation to the one that turns nothing; false where the part cannot be read. */
function upright(part: Uint8Array): boolean {
  const view = new DataView(part.buffer, part.byteOffset + HEAD, part.byteLength - HEAD)
  try {
    const little = view.getUint16(0) === 0x4949
    const first = view.getUint32(4, little)
    for (let index = 0; index < view.getUint16(first, little); index += 1) {
      const entry = first + 2 + index * 12
      if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little)
    }
    return true
  } catch {
    return false
  }
}
