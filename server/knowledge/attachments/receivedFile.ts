import { Invalid } from '../../failures.ts'
import { attachedPicture } from '../../files/attachedPicture.ts'
import type { AboutFile, FileStore } from '../../files/fileStore.ts'
import { oneAtATime } from '../../files/oneAtATime.ts'
import { attachedContent } from './attachedContent.ts'
import type { Attachment } from './attachmentModel.ts'
import { attachmentName, keptName, quotedName } from './attachmentName.ts'
import { allowedKinds, type FileKindId, fileKinds, isPicture, kindOfType } from './fileKinds.ts'

export const attachmentField = 'attachment'

/** A file that was received, and what it was called by whoever sent it. */
export interface Sent {
  fileId: string
  name: string
}

type Received = Pick<Attachment, 'name' | 'kind' | 'sizeBytes' | 'fileId' | 'picture' | 'thumbnail'>

const inTurn = oneAtATime()

/**
 * Looks at what was received: what it is, and that it can be attached. A picture is written anew, in another file.
 * @throws Invalid
 */
export function receivedFile(files: FileStore, about: AboutFile, { fileId, name }: Sent): Promise<Received> {
  return inTurn(async () => {
    const bytes = await files.bytes(fileId)
    if (bytes.length === 0) throw problem(`${quotedName(name)} is empty. Choose a file with something in it`)
    const found = attachedContent(bytes, name)
    if ('refused' in found) throw problem(`${quotedName(name)} is ${found.refused}. What can be attached is ${allowedKinds}`)
    const { kind } = found
    if (isPicture(kind)) return writtenAnew(files, about, bytes, { name, kind })
    return { name: attachmentName(name, kind), kind, sizeBytes: bytes.length, fileId }
  })
}

async function writtenAnew(
  files: FileStore,
  about: AboutFile,
  sent: Buffer,
  { name, kind }: { name: string; kind: FileKindId },
): Promise<Received> {
  const { bytes, type, size, thumbnail } = await attachedPicture(attachmentField, sent, fileKinds[kind].type).catch((error: unknown) => {
    const said = error instanceof Invalid ? error.problems[attachmentField] : undefined
    throw said === undefined ? error : problem(`${quotedName(name)}: ${said}`)
  })
  const written = kindOfType(type) as FileKindId
  const [fileId, thumbnailId] = [
    await files.keep(bytes, { ...about, type }),
    await files.keep(thumbnail.bytes, { ...about, type: 'image/webp' }),
  ]
  return {
    name: keptName(name, kind),
    kind: written,
    sizeBytes: bytes.length,
    fileId,
    picture: size,
    thumbnail: { fileId: thumbnailId, ...thumbnail.size },
  }
}

export const problem = (text: string) => new Invalid({ [attachmentField]: text })
