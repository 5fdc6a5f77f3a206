import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pdfmake from 'pdfmake'
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Block, Run } from './markdownBlocks.ts'
import type { PrintedDocument } from './printedDocument.ts'

const fontFolder = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto')
const font = (name: string) => join(fontFolder, `Roboto-${name}.ttf`)
pdfmake.setFonts({ Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') } })
// Nothing that somebody wrote makes the site read files or ask other sites.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(path => path.startsWith(fontFolder))

const bodySize = 10.5
const headingSizes = [18, 15, 13, 12, 11, 11]

/** On A4, with the typeface embedded, the title and the language said, and the marking and number on each page. */
export function pdfDocument({ title, marking, facts, blocks }: PrintedDocument): Promise<Buffer> {
  const marked = marking === 'OFFICIAL' ? '' : marking
  const definition: TDocumentDefinitions = {
    info: { title },
    language: 'en-GB',
    pageSize: 'A4',
    pageMargins: [56, 56, 56, 56],
    header: { text: marked, alignment: 'center', bold: true, margin: [0, 24, 0, 0] },
    footer: (page, pages) => ({
      columns: [
        { text: marked, bold: true },
        { text: `${page} / ${pages}`, alignment: 'right' },
      ],
      margin: [56, 16, 56, 0],
      fontSize: 9,
    }),
    defaultStyle: { font: 'Roboto', fontSize: bodySize, lineHeight: 1.25 },
    content: [
      { text: title, fontSize: 22, bold: true, margin: [0, 0, 0, 8] },
      ...facts.map(({ label, text }): Content => ({ text: [{ text: `${label}: `, bold: true }, text], fontSize: 9.5 })),
      { text: '', margin: [0, 0, 0, 12] },
      ...blocks.map(contentOf),
    ],
  }
  return (pdfmake.createPdf(definition) as unknown as { getBuffer(): Promise<Buffer> }).getBuffer()
}

function contentOf(block: Block): Content {
  switch (block.type) {
    case 'heading':
      return { text: block.runs.map(textOf), fontSize: headingSizes[block.level - 1] ?? bodySize, bold: true, margin: [0, 10, 0, 4] }
    case 'paragraph':
      return { text: block.runs.map(textOf), margin: [0, 0, 0, 7] }
    case 'code':
      return { table: { widths: ['*'], body: [[{ text: block.text, fontSize: 9, preserveLeadingSpaces: true }]] }, margin: [0, 0, 0, 7] }
    case 'list': {
      const items = block.items.map(item => ({ stack: item.map(contentOf) }))
      return block.isOrdered ? { ol: items, margin: [0, 0, 0, 4] } : { ul: items, margin: [0, 0, 0, 4] }
    }
    case 'quote':
      return { stack: block.blocks.map(contentOf), margin: [16, 0, 0, 7], italics: true }
    case 'table':
      return tableOf(block.rows)
    case 'rule':
      return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 483, y2: 0, lineWidth: 0.5 }], margin: [0, 6, 0, 10] }
  }
}

function tableOf(rows: readonly Run[][][]): Content {
  const columns = Math.max(1, ...rows.map(row => row.length))
  const body = rows.map((row, place) =>
    Array.from({ length: columns }, (_none, at): TableCell => ({ text: (row[at] ?? []).map(textOf), bold: place === 0, fontSize: 9.5 })),
  )
  if (body.length === 0) return { text: '' }
  return { table: { headerRows: 1, widths: Array.from({ length: columns }, () => '*'), body }, margin: [0, 0, 0, 10] }
}

const textOf = ({ text, bold, italic, struck, code, href }: Run): Content => ({
  text,
  ...(bold && { bold: true }),
  ...(italic && { italics: true }),
  ...(struck && { decoration: 'lineThrough' as const }),
  ...(code && { background: '#eeeeee' }),
  ...(href !== undefined && { link: href, decoration: 'underline' as const }),
})
