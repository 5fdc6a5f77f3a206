import { getDocumentProxy } from 'unpdf'
import { type FileText, GatheredText, UnreadableFile } from './filePart.ts'

/** Page by page, so that the largest has in memory what one page needs. Neither fonts nor pictures are looked at, and no script runs. */
export async function pdfText(bytes: Uint8Array): Promise<FileText> {
  const document = await opened(bytes)
  const gathered = new GatheredText()
  let page = 0
  while (page < document.numPages && !gathered.isFull) {
    page += 1
    gathered.add(await pageText(document, page), `page ${page}`)
  }
  return gathered.result(page === document.numPages)
}

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>

async function opened(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await getDocumentProxy(bytes, { isEvalSupported: false, disableFontFace: true, useSystemFonts: false, verbosity: 0 })
  } catch (error) {
    throw new UnreadableFile((error as Error).name === 'PasswordException' ? 'it needs a password' : 'it is damaged')
  }
}

async function pageText(document: PdfDocument, number: number): Promise<string> {
  const page = await document.getPage(number)
  const { items } = await page.getTextContent()
  page.cleanup()
  return items.map(item => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
}
