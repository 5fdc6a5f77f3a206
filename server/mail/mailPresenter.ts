import type { SignedInPerson } from '../access/accessTokens.ts'
import { dateAndTime } from '../http/dates.ts'
import type { Services } from '../services.ts'
import type { Mail } from './mailModel.ts'

const mostWaiting = 50
const mostOver = 20

/** Everything that views/mail/outbox prints: to whom and of which type, never what it says. */
export async function presentOutbox(administrator: SignedInPerson, { outbox, mailSending, people, config, accounts }: Services) {
  const [waiting, failed, unknown, sent, dropped, total, address] = await Promise.all([
    outbox.list('waiting', mostWaiting),
    outbox.list('failed', mostWaiting),
    outbox.list('unknown', mostWaiting),
    outbox.list('sent', mostOver),
    outbox.list('dropped', mostOver),
    outbox.count('waiting'),
    accounts.emailOf(administrator.id),
  ])
  const all = [waiting, failed, unknown, sent, dropped].flat()
  const named = await people.named({ ids: [...new Set(all.map(({ personId }) => personId))] }, administrator)
  const names = new Map(named.map(({ _id, name }) => [_id, name]))
  const titles = new Map(mailSending.types.map(({ name, title }) => [name, title]))
  const rowOf = (mail: Mail) => ({
    title: `${titles.get(mail.type) ?? mail.type}, to ${names.get(mail.personId) ?? 'somebody who is not here any more'}`,
    says: saysOf(mail),
    action: `/admin/mail/${encodeURIComponent(mail._id)}`,
  })
  return {
    title: 'Mail',
    isOn: outbox.isOn,
    from: config.MAIL_FROM ?? '',
    address,
    waitingTotal: total.toLocaleString('en-GB'),
    waiting: waiting.map(rowOf),
    troubled: [...failed, ...unknown].map(rowOf),
    sent: sent.map(rowOf),
    dropped: dropped.map(rowOf),
  }
}

function saysOf({ state, createdAt, dueAt, endedAt = dueAt, attempts, lastError = '' }: Mail): string {
  switch (state) {
    case 'sent':
      return `Sent ${dateAndTime(endedAt)}.`
    case 'dropped':
      return `Not sent, ${dateAndTime(endedAt)}. ${lastError}`
    case 'failed':
      return `Given up ${dateAndTime(endedAt)}, after ${times(attempts)}: ${lastError}`
    case 'unknown':
      return `${dateAndTime(endedAt)}: ${lastError}`
    default:
      return attempts === 0 || lastError === ''
        ? `Waits since ${dateAndTime(createdAt)}.`
        : `Tried ${times(attempts)}: ${sentence(lastError)} Tried again ${dateAndTime(dueAt)}.`
  }
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
