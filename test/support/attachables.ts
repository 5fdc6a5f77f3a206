import { strToU8, type Zippable, zipSync } from 'fflate'

const xml = (text: string) => strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`)
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const zipped = (parts: Zippable) => Buffer.from(zipSync(parts))
const contentTypes = { '[Content_Types].xml': xml('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>') }

/** A PDF with a page for each text. */
export function aPdf(pages: readonly string[], { encrypted = false } = {}): Buffer {
  const objects: string[] = []
  const kids = pages.map((_, page) => `${4 + 2 * page} 0 R`).join(' ')
  objects.push('<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`)
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')
  for (const [page, text] of pages.entries()) {
    const shown = `BT /F1 12 Tf 72 720 Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`
    const box = '/MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>'
    objects.push(`<< /Type /Page /Parent 2 0 R ${box} /Contents ${5 + 2 * page} 0 R >>`)
    objects.push(`<< /Length ${shown.length} >>\nstream\n${shown}\nendstream`)
  }
  const secret = '41'.repeat(32)
  if (encrypted) objects.push(`<< /Filter /Standard /V 1 /R 2 /O <${secret}> /U <${secret}> /P -4 >>`)
  let text = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const lock = encrypted ? ` /Encrypt ${objects.length} 0 R /ID [<00> <00>]` : ''
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${lock} >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`, 'latin1')
}

export function aWordDocument(paragraphs: readonly string[], more: Zippable = {}): Buffer {
  const body = paragraphs.map(text => `<w:p><w:r><w:t>${escaped(text)}</w:t></w:r></w:p>`).join('')
  const document = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`
  return zipped({ ...contentTypes, 'word/document.xml': xml(document), ...more })
}

export function aPresentation(slides: readonly string[]): Buffer {
  const slide = (text: string) =>
    `<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree><a:p><a:r><a:t>${escaped(text)}</a:t></a:r></a:p></p:spTree></p:cSld></p:sld>`
  const parts = slides.map((text, at) => [`ppt/slides/slide${at + 1}.xml`, xml(slide(text))] as const)
  return zipped({ ...contentTypes, 'ppt/presentation.xml': xml('<p:presentation xmlns:p="p"/>'), ...Object.fromEntries(parts) })
}

/** A workbook of one sheet: texts in the first column, as Excel keeps them, and a number beside each. */
export function aWorkbook(sheet: string, texts: readonly string[]): Buffer {
  const rows = texts.map((_, row) => `<row><c t="s"><v>${row}</v></c><c><v>${row + 41_000}</v></c></row>`).join('')
  return zipped({
    ...contentTypes,
    'xl/workbook.xml': xml(`<workbook xmlns:r="r"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    'xl/sharedStrings.xml': xml(`<sst>${texts.map(text => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`),
    'xl/worksheets/sheet1.xml': xml(`<worksheet><sheetData>${rows}</sheetData></worksheet>`),
  })
}

export function anOpenDocument(kind: 'text' | 'spreadsheet' | 'presentation' | 'graphics', paragraphs: readonly string[]): Buffer {
  const body = paragraphs.map(text => `<text:p>${escaped(text)}</text:p>`).join('')
  return zipped({
    mimetype: [strToU8(`application/vnd.oasis.opendocument.${kind}`), { level: 0 }],
    'content.xml': xml(
      `<office:document-content xmlns:office="o" xmlns:text="t"><office:body>${body}</office:body></office:document-content>`,
    ),
  })
}

/** What Office made until 2007, as far as one looks at it from outside: a file system that names its streams in UTF-16. */
export const aCompoundFile = (stream: string): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le'), Buffer.alloc(100)])

export const aZip = (parts: Record<string, string | Uint8Array>): Buffer =>
  zipped(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part])))

/** A Word document of some kilobytes that unpacks to this many megabytes. */
export const aBomb = (megabytes: number): Buffer => aWordDocument(['small'], { 'word/bomb.xml': new Uint8Array(megabytes * 1024 * 1024) })
