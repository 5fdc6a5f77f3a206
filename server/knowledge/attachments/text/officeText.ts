import { SaxesParser } from 'saxes'
import { UnreadableZip, type ZipProblem, zipEntries, zipParts } from '../zipContents.ts'
import { type FileText, GatheredText, UnreadableFile } from './filePart.ts'

const mostUnpacked = 100_000_000
const problems: Readonly<Record<ZipProblem, string>> = { damaged: 'it is damaged', bomb: 'it unpacks to far more than it may' }

export type OfficeKind = 'docx' | 'pptx' | 'xlsx' | 'openDocument'

/** What Office programs write since 2007, and OpenDocument: XML in a zip archive. */
export function officeText(bytes: Uint8Array, kind: OfficeKind): FileText {
  try {
    const gathered = new GatheredText()
    zipEntries(bytes)
    readers[kind](new OfficeParts(bytes), gathered)
    return gathered.result(!gathered.isFull)
  } catch (error) {
    if (error instanceof UnreadableZip) throw new UnreadableFile(problems[error.problem])
    throw error
  }
}

class OfficeParts {
  private readonly parts: ReadonlyMap<string, Uint8Array>

  constructor(bytes: Uint8Array) {
    this.parts = zipParts(bytes, name => name.endsWith('.xml') || name.endsWith('.rels'), mostUnpacked)
  }

  /** Those whose names are a pattern with a number, in its order. */
  numbered(pattern: RegExp): [number: number, xml: string][] {
    const found = [...this.parts.keys()].flatMap(name => {
      const number = pattern.exec(name)?.[1]
      return number === undefined ? [] : [[Number(number), this.text(name)] as [number, string]]
    })
    return found.sort(([a], [b]) => a - b)
  }

  text(name: string): string {
    const part = this.parts.get(name)
    return part === undefined ? '' : new TextDecoder().decode(part)
  }
}

const readers: Readonly<Record<OfficeKind, (parts: OfficeParts, gathered: GatheredText) => void>> = {
  docx(parts, gathered) {
    const others = ['footnotes', 'endnotes', 'comments'].map(name => parts.text(`word/${name}.xml`))
    const xml = [parts.text('word/document.xml'), ...others]
    gathered.add(xml.map(part => textIn(part, { text: 't', paragraph: 'p' })).join('\n'))
  },
  pptx(parts, gathered) {
    for (const [number, xml] of parts.numbered(/^ppt\/slides\/slide(\d+)\.xml$/))
      gathered.add(textIn(xml, { text: 't', paragraph: 'p' }), `slide ${number}`)
  },
  xlsx(parts, gathered) {
    const shared = cellsIn(parts.text('xl/sharedStrings.xml'), 'si', [])
    const names = attributesIn(parts.text('xl/workbook.xml'), 'sheet', 'name')
    for (const [place, [number, xml]] of parts.numbered(/^xl\/worksheets\/sheet(\d+)\.xml$/).entries())
      gathered.add(cellsIn(xml, 'c', shared).join(' '), `sheet ${names[place] ?? number}`)
  },
  openDocument(parts, gathered) {
    gathered.add(textIn(parts.text('content.xml'), { paragraph: 'p', heading: 'h' }))
  },
}

/** Names without their prefix. @throws UnreadableFile */
function parse(
  xml: string,
  on: { open?: (name: string, of: (attribute: string) => string) => void; close?: (name: string) => void; text?: (text: string) => void },
) {
  const parser = new SaxesParser()
  parser.on('opentag', tag => on.open?.(bare(tag.name), attribute => String(tag.attributes[attribute] ?? '')))
  parser.on('closetag', tag => on.close?.(bare(tag.name)))
  parser.on('text', text => on.text?.(text))
  parser.on('error', () => {
    throw new UnreadableFile('it is damaged')
  })
  if (xml !== '') parser.write(xml).close()
}

const bare = (name: string) => name.slice(name.indexOf(':') + 1)

/** The text in elements of these names, a line for each paragraph; with no name for text, all that paragraphs hold. */
function textIn(xml: string, { text, paragraph, heading = paragraph }: { text?: string; paragraph: string; heading?: string }): string {
  let said = ''
  let depth = 0
  const holdsText = (name: string) => (text === undefined ? name === paragraph || name === heading : name === text)
  parse(xml, {
    open: name => {
      if (holdsText(name)) depth += 1
      if (name === 'tab' || name === 'br' || name === 's') said += ' '
    },
    close: name => {
      if (holdsText(name)) depth -= 1
      if (name === paragraph || name === heading) said += '\n'
    },
    text: part => {
      if (depth > 0) said += part
    },
  })
  return said
}

/** What the cells of a sheet say, or the shared texts that cells refer to by number. */
function cellsIn(xml: string, cell: 'c' | 'si', shared: readonly string[]): string[] {
  const cells: string[] = []
  let said = ''
  let isShared = false
  let depth = 0
  parse(xml, {
    open: (name, of) => {
      if (name === cell) [said, isShared] = ['', of('t') === 's']
      if (name === 't' || name === 'v') depth += 1
    },
    close: name => {
      if (name === 't' || name === 'v') depth -= 1
      if (name === cell) cells.push(isShared ? (shared[Number(said)] ?? '') : said)
    },
    text: part => {
      if (depth > 0) said += part
    },
  })
  return cells
}

function attributesIn(xml: string, element: string, attribute: string): string[] {
  const found: string[] = []
  parse(xml, { open: (name, of) => void (name === element && found.push(of(attribute))) })
  return found
}
