import { buffer } from 'node:stream/consumers'
import type { FileKindId } from '../fileKinds.ts'
import { UnreadableFile } from './filePart.ts'
import { fileText } from './fileText.ts'

/** A process of its own: a file on standard input, its kind as the argument; what it says, or why it says nothing, as JSON on standard output. */
async function answer(kind: FileKindId): Promise<object> {
  try {
    return await fileText(new Uint8Array(await buffer(process.stdin)), kind)
  } catch (error) {
    return { unreadable: error instanceof UnreadableFile ? error.message : 'it is damaged' }
  }
}

process.stdout.write(JSON.stringify(await answer(process.argv[2] as FileKindId)))
