import type { Attachment } from '../attachments/attachmentModel.ts'

/** Names for files beside each other, by the ids of the attachments: the second "plan.pdf" is "plan (2).pdf". Capitals make no difference. */
export function uniqueNames(attachments: readonly Pick<Attachment, '_id' | 'name'>[]): Map<string, string> {
  const taken = new Set<string>()
  const names = new Map<string, string>()
  for (const { _id, name } of attachments) {
    const free = freeName(name, taken)
    taken.add(free.toLowerCase())
    names.set(_id, free)
  }
  return names
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? []
  let free = name
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${stem} (${number})${ending}`
  return free
}
