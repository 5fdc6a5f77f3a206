import { decodedText } from '../attachedContent.ts'
import type { FileKindId } from '../fileKinds.ts'
import { type FileText, GatheredText, UnreadableFile } from './filePart.ts'
import { type OfficeKind, officeText } from './officeText.ts'
import { pdfText } from './pdfText.ts'

const officeKinds: Partial<Record<FileKindId, OfficeKind>> = {
  ...{ docx: 'docx', docm: 'docx', pptx: 'pptx', pptm: 'pptx', xlsx: 'xlsx', xlsm: 'xlsx' },
  ...{ odt: 'openDocument', ods: 'openDocument', odp: 'openDocument' },
}

/** @throws UnreadableFile, with the reason for people */
export async function fileText(bytes: Uint8Array, kind: FileKindId): Promise<FileText> {
  if (kind === 'pdf') return pdfText(bytes)
  const office = officeKinds[kind]
  if (office !== undefined) return officeText(bytes, office)
  if (kind === 'locked') throw new UnreadableFile('it needs a password')
  if (kind !== 'text' && kind !== 'csv')
    throw new UnreadableFile('it is of an old program. Save it as .docx, .xlsx, .pptx or PDF to have it searched')
  const gathered = new GatheredText()
  gathered.add(decodedText(bytes) ?? '')
  return gathered.result(!gathered.isFull)
}
