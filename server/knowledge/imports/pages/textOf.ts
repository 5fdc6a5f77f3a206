import { decodedText } from '../../attachments/attachedContent.ts'

/** What is written in a file; undefined when it is no text. */
export const textOf = (bytes: Uint8Array): string | undefined => decodedText(bytes)?.replace(/^\ufeff/, '')
