import { isUtf8 } from 'node:buffer'
import { CannotStart } from '../failures.ts'

/** What Windows-1252 has from 0x80 to 0x9F; the spaces are not in use. */
const upper = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/**
 * The text of a file that a spreadsheet saved: UTF-8, UTF-16 with a byte order mark ("Unicode text"), or Windows-1252.
 * @throws CannotStart when it is none of these: a workbook, a picture
 */
export function uploadedText(file: string, bytes: Buffer): string {
  if (bytes.length === 0) throw new CannotStart(`${file} is empty.`)
  const wide = bytes.subarray(0, 2).toString('latin1')
  if (wide === '\xff\xfe') return utf16(file, 'utf-16le', bytes)
  if (wide === '\xfe\xff') return utf16(file, 'utf-16be', bytes)
  if (bytes.includes(0)) throw notText(file)
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\ufeff/, '')
  return windows1252(file, bytes)
}

function utf16(file: string, encoding: string, bytes: Buffer): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw notText(file)
  }
}

function windows1252(file: string, bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, character => {
    const meant = upper[character.charCodeAt(0) - 0x80]
    if (meant === undefined || meant === ' ') throw notText(file)
    return meant
  })
}

const notText = (file: string) =>
  new CannotStart(`${file} is not a text file that can be read. In your spreadsheet, save it as "CSV UTF-8" and try again.`)
