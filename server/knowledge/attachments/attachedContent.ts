import type { FileKindId } from './fileKinds.ts'
import { UnreadableZip, zipEntries, zipParts } from './zipContents.ts'

/** What a file is, by what is in it; or what it is instead of something that can be attached. */
export type AttachedContent = { kind: FileKindId } | { refused: string }

const startsWith = (bytes: Buffer, signature: string, at = 0) => bytes.subarray(at, at + signature.length / 2).toString('hex') === signature

/** As hexadecimal digits. */
const pictures: readonly [signature: string, kind: FileKindId, at?: number][] = [
  ['ffd8ff', 'jpeg'],
  ['89504e470d0a1a0a', 'png'],
  ['474946383761', 'gif'],
  ['474946383961', 'gif'],
  ['57454250', 'webp', 8],
]

/** What cannot be attached, and is no text either: only to say what it is. */
const others: readonly [signature: string, called: string, at?: number][] = [
  ['4d5a', 'a program for Windows'],
  ['7f454c46', 'a program for Linux'],
  ['cffaedfe', 'a program for macOS'],
  ['cafebabe', 'a program'],
  ['4c00000001140200', 'a shortcut of Windows'],
  ['526172211a07', 'a RAR archive'],
  ['377abcaf271c', 'a 7-Zip archive'],
  ['1f8b', 'a gzip archive'],
  ['425a68', 'a bzip2 archive'],
  ['fd377a585a00', 'an xz archive'],
  ['7573746172', 'a tar archive', 257],
  ['49492a00', 'a TIFF picture'],
  ['4d4d002a', 'a TIFF picture'],
  ['424d', 'a BMP picture'],
  ['66747970', 'a video or a HEIC picture', 4],
  ['494433', 'a sound'],
  ['4f676753', 'a sound or a video'],
  ['52494646', 'a sound or a video'],
  ['1a45dfa3', 'a video'],
]

export function attachedContent(bytes: Buffer, name: string): AttachedContent {
  const picture = pictures.find(([signature, , at]) => startsWith(bytes, signature, at))
  if (picture !== undefined) return { kind: picture[1] }
  if (bytes.subarray(0, 1_024).includes('%PDF-')) return { kind: 'pdf' }
  if (startsWith(bytes, '504b0304') || startsWith(bytes, '504b0506')) return zipped(bytes)
  if (startsWith(bytes, 'd0cf11e0a1b11ae1')) return compound(bytes)
  const text = decodedText(bytes)
  if (text !== undefined) return written(text, name)
  return { refused: others.find(([signature, , at]) => startsWith(bytes, signature, at))?.[1] ?? 'a kind of file that is not known here' }
}

/** Office's since 2007, or OpenDocument's. */
function zipped(bytes: Buffer): AttachedContent {
  try {
    const names = new Set(zipEntries(bytes).map(({ name }) => name))
    const hasMacros = [...names].some(name => /(^|\/)vbaProject\.bin$/i.test(name))
    if (names.has('word/document.xml')) return { kind: hasMacros ? 'docm' : 'docx' }
    if (names.has('xl/workbook.xml')) return { kind: hasMacros ? 'xlsm' : 'xlsx' }
    if (names.has('ppt/presentation.xml')) return { kind: hasMacros ? 'pptm' : 'pptx' }
    return names.has('mimetype') && names.has('content.xml') ? openDocument(bytes) : { refused: 'a zip archive' }
  } catch (error) {
    if (!(error instanceof UnreadableZip)) throw error
    return {
      refused: error.problem === 'bomb' ? 'an archive that unpacks to far more than it may' : 'a damaged archive or Office document',
    }
  }
}

const openDocumentKinds: Readonly<Record<string, FileKindId>> = { text: 'odt', spreadsheet: 'ods', presentation: 'odp' }

function openDocument(bytes: Buffer): AttachedContent {
  const said = Buffer.from(zipParts(bytes, name => name === 'mimetype', 200).get('mimetype') ?? []).toString('latin1')
  const kind =
    openDocumentKinds[/^application\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)(-template)?$/.exec(said.trim())?.[1] ?? '']
  return kind === undefined ? { refused: 'an OpenDocument file other than a text, spreadsheet or presentation' } : { kind }
}

const streams: readonly [name: string, kind: FileKindId][] = [
  ['EncryptedPackage', 'locked'],
  ['WordDocument', 'doc'],
  ['Workbook', 'xls'],
  ['PowerPoint Document', 'ppt'],
]

/** Office's until 2007, and what has a password since: a file system of its own, whose directory names its streams in UTF-16. */
function compound(bytes: Buffer): AttachedContent {
  const kind = streams.find(([name]) => bytes.includes(Buffer.from(name, 'utf16le')))?.[1]
  return kind === undefined ? { refused: 'a file of an old program that is not known here' } : { kind }
}

const page = /^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+(html|svg)|html|head|body|script|svg|iframe|img)\b/is

/** Only here does the name tell a kind from another. */
function written(text: string, name: string): AttachedContent {
  if (text.startsWith('{\\rtf')) return { refused: 'a Rich Text (RTF) document' }
  if (text.startsWith('%!PS')) return { refused: 'a PostScript document' }
  if (page.test(text.slice(0, 4_096))) return { refused: 'a web page or an SVG picture' }
  return { kind: /\.(csv|tsv)$/i.test(name) ? 'csv' : 'text' }
}

/** UTF-8, UTF-16 with its mark, or what Windows wrote before; undefined when it has other control characters than text has. */
export function decodedText(bytes: Uint8Array): string | undefined {
  const encodings =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? ['utf-16le']
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? ['utf-16be']
        : ['utf-8', 'windows-1252']
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return /(?![\t\n\v\f\r])\p{Cc}/u.test(text) ? undefined : text
    } catch {}
  }
  return undefined
}
