import { crc32, deflateRawSync } from 'node:zlib'

/** Builds ZIP and Office files byte by byte, so that tests can make the ones that no honest program writes. */

export interface ArchivePart {
  name: string
  data: string | Uint8Array
  /** What the headers claim, when they lie. */
  claimedSize?: number
}

export function archive(parts: readonly ArchivePart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const name = Buffer.from(part.name, 'utf8')
    const data = Buffer.from(part.data)
    const packed = deflateRawSync(data)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(0x800, 2)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(data), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(part.claimedSize ?? data.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), shared, name, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), shared, rest, name]))
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 8)
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, central, end])
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const OFFICE = 'application/vnd.openxmlformats-officedocument.'

export const contentTypes = (partName: string, type: string): ArchivePart => ({
  name: '[Content_Types].xml',
  data: `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="${partName}" ContentType="${type}"/></Types>`,
})

export const relationships = (name: string, inner: string): ArchivePart => ({
  name,
  data: `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`,
})

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const relation = (type: string, target: string, extra = ''): string =>
  `<Relationship Id="r${type}" Type="${RELATION}/${type}" Target="${target}" ${extra}/>`

export function docx(inner = '<w:p><w:r><w:t>一校一品</w:t></w:r></w:p>', more: readonly ArchivePart[] = []): Buffer {
  return archive([
    contentTypes('/word/document.xml', `${OFFICE}wordprocessingml.document.main+xml`),
    relationships('_rels/.rels', relation('officeDocument', 'word/document.xml')),
    {
      name: 'word/document.xml',
      data: `${HEAD}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${inner}</w:body></w:document>`,
    },
    ...more,
  ])
}

export function pptx(): Buffer {
  return archive([
    contentTypes('/ppt/presentation.xml', `${OFFICE}presentationml.presentation.main+xml`),
    relationships('_rels/.rels', relation('officeDocument', 'ppt/presentation.xml')),
    { name: 'ppt/presentation.xml', data: `${HEAD}<p:presentation xmlns:p="urn:p"/>` },
  ])
}

export function xlsx(cells: string, more: readonly ArchivePart[] = []): Buffer {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  return archive([
    contentTypes('/xl/workbook.xml', `${OFFICE}spreadsheetml.sheet.main+xml`),
    relationships('_rels/.rels', relation('officeDocument', 'xl/workbook.xml')),
    relationships('xl/_rels/workbook.xml.rels', relation('worksheet', 'worksheets/sheet1.xml')),
    {
      name: 'xl/workbook.xml',
      data: `${HEAD}<workbook xmlns="${main}" xmlns:r="${RELATION}"><sheets><sheet name="S" sheetId="1" r:id="rworksheet"/></sheets></workbook>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      data: `${HEAD}<worksheet xmlns="${main}"><sheetData>${cells}</sheetData></worksheet>`,
    },
    ...more,
  ])
}
