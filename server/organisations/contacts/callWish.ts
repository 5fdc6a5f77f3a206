import { questionWords } from '../../search/question/questionWords.ts'

const calling = new Set(
  'call calls calling phone phoning ring ringing telephone contact contacts contacting escalate escalates escalating escalation'.split(' '),
)
/** "Call centre" and "ring main" are matters, not wishes. */
const matters = new Set(
  'centre center centres system systems logging handling main fence form list recording management tracing'.split(' '),
)
const around = new Set('number numbers person point first issue problem urgently urgent'.split(' '))

export interface CallWish {
  /** What the call is about, in plain words; none means one's own organisation. */
  subject: string[]
}

/** Whether a question asks whom to call: "who do I call about the data centre", "call network", "fire service contact". */
export function callWish(words: readonly string[]): CallWish | undefined {
  const at = words.findIndex((word, position) => calling.has(word) && !matters.has(words[position + 1] ?? ''))
  if (at < 0) return undefined
  const isAsked = words.slice(0, at).every(word => questionWords.has(word))
  const isLast = words.slice(at + 1).every(word => around.has(word) || calling.has(word))
  if (!isAsked && !isLast) return undefined
  const subject = words.filter(word => !calling.has(word) && !around.has(word) && !questionWords.has(word))
  return { subject: [...new Set(subject)] }
}
