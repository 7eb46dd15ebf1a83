import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type NodeTypstDocument, NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fonts } from './glyphs.ts'

/** The templates in ballot/typst. */
export type Template = 'kit' | 'paper'

const folder = fileURLToPath(new URL('./typst/', import.meta.url))

let made: NodeCompiler | undefined
/** Templates may read nothing outside their folder. */
const compiler = (): NodeCompiler =>
  (made ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fonts().map((font) => dirname(font)) }] }))

/** Sets a template; `data` reaches it as one JSON value, so nothing that people typed is ever read as Typst. */
function compose(template: Template, data: unknown): NodeTypstDocument {
  const done = compiler().compile({
    mainFileContent: readFileSync(`${folder}${template}.typ`, 'utf8'),
    inputs: { data: JSON.stringify(data) },
  })
  if (done.result) return done.result
  const failure = done.takeDiagnostics() ?? done.takeError()
  throw new Error(`typst could not set ${template}: ${JSON.stringify(failure?.shortDiagnostics ?? [])}`)
}

export function typesetPdf(template: Template, data: unknown): Uint8Array {
  try {
    return compiler().pdf(compose(template, data), { pdfTags: false })
  } finally {
    // Typst remembers what it set; slips must not stay in memory.
    compiler().evictCache(0)
  }
}
