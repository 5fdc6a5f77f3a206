import { createHash } from 'node:crypto'
import mammoth from 'mammoth'
import { UnreadableZip, zipEntries } from '../../attachments/zipContents.ts'
import { htmlToMarkdown } from './htmlToMarkdown.ts'
import type { ImportedPage, SentFiles } from './importedPage.ts'
import { titleFromPath } from './titleFromPath.ts'

export const isWord = (path: string) => /\.docx$/i.test(path)

export interface WordPage {
  page: ImportedPage
  /** Its pictures, by paths beside it. */
  pictures: Map<string, Uint8Array>
}

/** @returns the document as a page, or why it cannot be read */
export async function wordPage(files: SentFiles, path: string): Promise<WordPage | { reason: string }> {
  const bytes = Buffer.from(files.bytes(path))
  const problem = problemOf(bytes)
  if (problem !== undefined) return { reason: problem }
  const pictures = new Map<string, Uint8Array>()
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: bytes },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh"],
        convertImage: mammoth.images.imgElement(async image => {
          const content = await image.readAsBuffer()
          const name = `${createHash('sha256').update(content).digest('hex').slice(0, 12)}.${image.contentType.split('/')[1] ?? 'png'}`
          pictures.set(beside(path, name), content)
          return { src: name }
        }),
      },
    )
    return { page: pageOf(path, htmlToMarkdown(value)), pictures }
  } catch {
    return { reason: 'is a Word document that cannot be read' }
  }
}

/** Before anything is unpacked. */
function problemOf(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return 'is empty'
  try {
    return zipEntries(bytes).some(({ name }) => name === 'word/document.xml') ? undefined : 'is no Word document, whatever its name says'
  } catch (error) {
    if (!(error instanceof UnreadableZip)) throw error
    return error.problem === 'bomb' ? 'would unpack to far more than it may' : 'is damaged, or no Word document, or has a password'
  }
}

export const beside = (path: string, name: string) => [...path.split('/').slice(0, -1), name].join('/')

function pageOf(path: string, markdown: string): ImportedPage {
  const first = /^#{1,2}[ \t]+(.+)\n?/.exec(markdown)
  const title = first?.[1]
    ?.replace(/[*_`\\]/g, '')
    .trim()
    .slice(0, 200)
  return title
    ? { path, title, text: markdown.slice(first?.[0].length).trim() || title }
    : { path, title: titleFromPath(path), text: markdown }
}
