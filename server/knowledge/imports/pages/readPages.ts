import { CannotStart } from '../../../failures.ts'
import { confluencePage, isHtml } from './confluencePages.ts'
import type { ReadPages, SentFiles } from './importedPage.ts'
import { isMarkdown, markdownPages } from './markdownPages.ts'
import { isMediaWikiDump, mediaWikiPages } from './mediaWikiPages.ts'
import { textOf } from './textOf.ts'
import { isWord, wordPage } from './wordPages.ts'

export interface ReadFiles extends ReadPages {
  files: SentFiles
}

const mostPages = 5_000

/**
 * The pages of what was sent, whatever wrote them: Markdown, HTML (of Confluence), Word documents, XML dumps of MediaWiki; mixed, too.
 * @throws CannotStart when there is no page, or far too many
 */
export async function readPages(sent: SentFiles): Promise<ReadFiles> {
  const made = new Map<string, Uint8Array>()
  const read = markdownPages(sent, sent.paths)
  for (const path of sent.paths.filter(other => !isMarkdown(other))) await readOther(path, sent, read, made)
  if (read.pages.length === 0 && read.collections.length === 0) throw new CannotStart(nothingIn(sent, read))
  if (read.pages.length > mostPages)
    throw new CannotStart(
      `“${sent.name}” has ${read.pages.length.toLocaleString('en-GB')} pages: at most ${mostPages.toLocaleString('en-GB')} are imported at once.`,
    )
  const paths = [...sent.paths, ...made.keys()]
  return { ...read, files: { name: sent.name, paths, bytes: path => made.get(path) ?? sent.bytes(path) } }
}

async function readOther(path: string, sent: SentFiles, read: ReadPages, made: Map<string, Uint8Array>): Promise<void> {
  const isAttached = /(^|\/)attachments\//.test(path)
  if (isWord(path) && !isAttached) {
    const word = await wordPage(sent, path)
    if ('reason' in word) return void read.leftOut.push({ path, reason: word.reason })
    read.pages.push(word.page)
    for (const [name, bytes] of word.pictures) made.set(name, bytes)
  } else if (isHtml(path) && !isAttached) {
    const page = confluencePage(sent, path)
    if (page === undefined) read.leftOut.push({ path, reason: 'is a list of pages, or has no words' })
    else read.pages.push(page)
  } else if (/\.xml$/i.test(path)) readDump(path, sent, read)
}

function readDump(path: string, sent: SentFiles, read: ReadPages): void {
  const xml = textOf(sent.bytes(path))
  if (xml === undefined || !isMediaWikiDump(xml)) return
  try {
    const dump = mediaWikiPages(path, xml)
    read.pages.push(...dump.pages)
    read.leftOut.push(...dump.leftOut)
  } catch (error) {
    read.leftOut.push({ path, reason: `is no XML that can be read: ${(error as Error).message.slice(0, 100)}` })
  }
}

function nothingIn({ name, paths }: SentFiles, { leftOut }: ReadPages): string {
  const [first] = leftOut
  if (paths.length === 1 && first !== undefined) return `“${name}” ${first.reason}. Choose another file.`
  return `There is no page in “${name}”. What is read is Markdown (.md), HTML, Word (.docx) and XML dumps of MediaWiki, also in a zip archive.`
}
