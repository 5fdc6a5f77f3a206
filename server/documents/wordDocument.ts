import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Block, Run } from './markdownBlocks.ts'
import type { PrintedDocument } from './printedDocument.ts'

const headings = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const
const deepestLevel = 8
const numbers = 'numbers'

/** With Word's own styles of headings and lists, so that it can be worked on; the marking and number stand on each page. */
export function wordDocument({ title, marking, facts, blocks }: PrintedDocument): Promise<Buffer> {
  const marked = marking === 'OFFICIAL' ? '' : marking
  const inMiddle = (children: TextRun[]) => new Paragraph({ alignment: AlignmentType.CENTER, children })
  const writing = new Writing()
  const document = new Document({
    title,
    creator: 'Skillpool',
    styles: { default: { document: { run: { font: 'Arial', size: 22 } } } },
    numbering: { config: [{ reference: numbers, levels: Array.from({ length: deepestLevel + 1 }, (_none, level) => numbered(level)) }] },
    sections: [
      {
        headers: { default: new Header({ children: [inMiddle([new TextRun({ text: marked, bold: true })])] }) },
        footers: { default: new Footer({ children: [inMiddle([new TextRun({ children: [`${marked} `, PageNumber.CURRENT] })])] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
          ...facts.map(
            ({ label, text }) => new Paragraph({ children: [new TextRun({ text: `${label}: `, bold: true }), new TextRun(text)] }),
          ),
          ...blocks.flatMap(block => writing.partsOf(block, 0)),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}

const numbered = (level: number) => ({
  level,
  format: LevelFormat.DECIMAL,
  text: `%${level + 1}.`,
  alignment: AlignmentType.START,
  style: { paragraph: { indent: { left: 720 * (level + 1), hanging: 360 } } },
})

type Part = Paragraph | Table

class Writing {
  /** Each list begins with 1. */
  private lists = 0

  partsOf(block: Block, depth: number): Part[] {
    const indent = depth === 0 ? {} : { indent: { left: 720 * depth } }
    switch (block.type) {
      case 'heading':
        return [new Paragraph({ heading: headings[block.level - 1] ?? HeadingLevel.HEADING_6, children: block.runs.map(childOf) })]
      case 'paragraph':
        return [new Paragraph({ ...indent, spacing: { after: 120 }, children: block.runs.map(childOf) })]
      case 'code':
        return block.text
          .split('\n')
          .map(text => new Paragraph({ ...indent, children: [new TextRun({ text, font: 'Courier New', size: 18 })] }))
      case 'list':
        return this.listOf(block, depth)
      case 'quote':
        return block.blocks.flatMap(inner => this.partsOf(inner, depth + 1))
      case 'table':
        return block.rows.length === 0 ? [] : [tableOf(block.rows), new Paragraph({})]
      case 'rule':
        return [new Paragraph({ thematicBreak: true })]
    }
  }

  private listOf({ isOrdered, items }: Extract<Block, { type: 'list' }>, depth: number): Part[] {
    const level = Math.min(depth, deepestLevel)
    const instance = this.lists++
    const mark = isOrdered ? { numbering: { reference: numbers, level, instance } } : { bullet: { level } }
    return items.flatMap(([first, ...others]) => [
      ...(first?.type === 'paragraph'
        ? [new Paragraph({ ...mark, children: first.runs.map(childOf) })]
        : [new Paragraph(mark), ...(first === undefined ? [] : this.partsOf(first, depth + 1))]),
      ...others.flatMap(block => this.partsOf(block, depth + 1)),
    ])
  }
}

function tableOf(rows: readonly Run[][][]): Table {
  const columns = Math.max(1, ...rows.map(row => row.length))
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (row, place) =>
        new TableRow({
          tableHeader: place === 0,
          children: Array.from({ length: columns }, (_none, at) => {
            const runs = (row[at] ?? []).map(run => (place === 0 ? { ...run, bold: true as const } : run))
            return new TableCell({ children: [new Paragraph({ children: runs.map(childOf) })] })
          }),
        }),
    ),
  })
}

function childOf({ href, ...run }: Run): ParagraphChild {
  if (href === undefined) return textRun(run)
  return new ExternalHyperlink({ link: href, children: [textRun(run, 'Hyperlink')] })
}

const textRun = ({ text, bold, italic, struck, code }: Run, style?: string) =>
  new TextRun({
    text: text === '\n' ? '' : withoutControls(text),
    ...(text === '\n' && { break: 1 }),
    ...(bold && { bold }),
    ...(italic && { italics: true }),
    ...(struck && { strike: true }),
    ...(code && { font: 'Courier New' }),
    ...(style && { style }),
  })

/** XML has no place for them. */
const withoutControls = (text: string) => text.toWellFormed().replace(/(?!\t)\p{Cc}/gu, '')
