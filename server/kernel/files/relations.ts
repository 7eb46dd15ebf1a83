import { plain } from './codes.ts'
import { Refused } from './refused.ts'

/** Only a click on a hyperlink may lead outside; everything else would be fetched by merely opening the file. */
export function checkRelationships(text: string): void {
  const opened = text.match(/<(?:[\w.-]+:)?Relationship[\s/>]/gu)?.length ?? 0
  const tags = [...text.matchAll(/<(?:[\w.-]+:)?Relationship((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/gu)]
  if (tags.length !== opened) throw new Refused('archiveNames')
  for (const [, body = ''] of tags) checkRelationship(attributesOf(body))
}

function checkRelationship(attributes: Map<string, string>): void {
  const type = (attributes.get('type') ?? '').toLowerCase()
  const target = (attributes.get('target') ?? '').trim()
  const external = attributes.get('targetmode')?.trim().toLowerCase() === 'external'
  if (/\/(vbaproject|wordvbadata|xlmacrosheet|xlintlmacrosheet|control|activexcontrolbinary)$/u.test(type)) {
    throw new Refused('macro')
  }
  const isLink = type.endsWith('/hyperlink')
  if (external && !isLink && !/^[^\\/:%&]*$/u.test(target)) throw new Refused('externalLink')
  // A reader may follow an address even where the mode says that it is a part of this file.
  if (!isLink && /^(?:[a-z][a-z\d+.-]*:|\\|\/\/)/iu.test(target.replace(/[\s\p{Cc}]/gu, '')))
    throw new Refused('externalLink')
  if (!external && /\/(oleobject|package)$/u.test(type)) throw new Refused('nested')
}

function attributesOf(body: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', , double, single] of body.matchAll(/([\w:.-]+)\s*=\s*("([^"]*)"|'([^']*)')/gu)) {
    found.set(name.toLowerCase(), plain(double ?? single ?? ''))
  }
  return found
}
