import { type FileKindId, fileKinds } from './fileKinds.ts'

const longest = 120
/** Control, invisible, and for private use; the two that mark matches of a search among them. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu
const notInNames = /[<>:"|?*]/g

/** What a file is called here: shown, and offered when it is saved; never a path. It ends as what it is, whatever it was called. */
export function attachmentName(sent: string, kind: FileKindId): string {
  const name = shownName(sent)
  const { endings } = fileKinds[kind]
  const [, stem = name, ending = ''] = /^(.*)\.([^.]{1,8})$/s.exec(name) ?? []
  if ((endings as readonly string[]).includes(ending.toLowerCase())) return `${cut(stem) || 'attachment'}.${ending.toLowerCase()}`
  return `${cut(name) || 'attachment'}.${endings[0]}`
}

/** What it is called once it is kept: a picture that may move is written anew as WebP. */
export const keptName = (sent: string, kind: FileKindId): string =>
  kind === 'gif' ? attachmentName(sent.replace(/\.\w{1,5}$/, ''), 'webp') : attachmentName(sent, kind)

/** Of a file that is kept. */
export const isPictureName = (name: string): boolean => /\.(jpe?g|png|webp)$/.test(name)

/** What somebody sent, by a name that can be shown. */
export function shownName(sent: string): string {
  const last = sent.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  return last
    .replace(unseen, '')
    .replace(notInNames, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
}

/** For a sentence: “plan.pdf”. */
export const quotedName = (sent: string): string => `“${cut(shownName(sent)) || 'The file'}”`

const cut = (name: string) => [...name].slice(0, longest).join('').trim()
