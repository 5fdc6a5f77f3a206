import type { Logger } from 'pino'
import type { AccountService } from '../accounts/accountService.ts'
import type { Config } from '../config.ts'
import type { PartnershipService } from '../partnership/partnershipService.ts'
import { letterMessage } from './letterMessage.ts'
import type { Mail } from './mailModel.ts'
import type { MailServer, Outcome } from './mailServer.ts'
import type { Letter, MailType, Recipient } from './mailType.ts'
import type { Outbox } from './outbox.ts'

interface Collaborators {
  outbox: Outbox
  accounts: AccountService
  partnership: PartnershipService
  mailServer: Pick<MailServer, 'send'>
  config: Pick<Config, 'PUBLIC_URL'>
  log: Logger
}

export interface MailRun {
  sent: number
  dropped: number
  refused: number
  /** Why the run ended before all was sent: the mail server does not answer, or does not know us. */
  away?: string
}

/** Sends what is due, one after the other. Whatever it is interrupted in, the next run knows what may be sent again. */
export class MailSending {
  /** What the features declare. */
  types: readonly MailType[] = []
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** @param sending  called before each; may throw to end the run */
  async sendDue(sending: () => void = () => undefined): Promise<MailRun> {
    const { outbox } = this.with
    const run: MailRun = { sent: 0, dropped: 0, refused: 0 }
    await outbox.takeUpLeft()
    for (const { gather } of this.types) await gather?.()
    while (run.away === undefined) {
      sending()
      const mail = await outbox.take()
      if (mail === undefined) break
      await this.deal(mail, run)
    }
    return run
  }

  private async deal(mail: Mail, run: MailRun): Promise<void> {
    const { outbox, log } = this.with
    const written = await this.write(mail).catch((error: Error) => error)
    if (written instanceof Error) {
      log.error({ err: written, id: mail._id, type: mail.type }, 'a mail could not be written: it is tried again later')
      run.refused += 1
      return outbox.fail(mail, `It could not be written: ${written.message}`)
    }
    if (typeof written === 'string') {
      run.dropped += 1
      return outbox.drop(mail, written)
    }
    await this.note(mail, await this.handOver(mail, written), run)
  }

  /** @returns the reason when there is nothing to send */
  private async write(mail: Mail): Promise<{ letter: Letter; recipient: Recipient } | string> {
    const type = this.types.find(({ name }) => name === mail.type)
    if (type === undefined) throw new Error(`no feature declares mails of the type "${mail.type}"`)
    const recipient = await this.with.accounts.reachable(mail.personId, { alsoInvited: type.alsoToInvited ?? false })
    if (recipient === undefined) return 'Whoever it is for has no account that they can use.'
    const letter = await type.compose(mail, recipient)
    return letter === undefined ? 'There was nothing to say any more.' : { letter, recipient }
  }

  private handOver(mail: Mail, { letter, recipient }: { letter: Letter; recipient: Recipient }): Promise<Outcome> {
    const { outbox, partnership, mailServer, config } = this.with
    const sender = { site: (config.PUBLIC_URL ?? '').replace(/\/$/, ''), partnership: partnership.nameNow() }
    return mailServer.send(letterMessage(mail, letter, recipient, sender), () => outbox.beginHandingOver(mail))
  }

  private async note(mail: Mail, outcome: Outcome, run: MailRun): Promise<void> {
    const { outbox, log } = this.with
    switch (outcome.came) {
      case 'sent':
        run.sent += 1
        return outbox.succeed(mail)
      case 'lost':
        return log.warn({ id: mail._id }, 'another process has this mail meanwhile: nothing was sent here')
      case 'refused':
        run.refused += 1
        return outbox.fail(mail, outcome.why, outcome.isFinal)
      case 'unknown':
        run.refused += 1
        return outbox.doubt(mail, `The mail server gave no answer, so it may have arrived: ${outcome.why}`)
      case 'away':
        run.away = outcome.why
        return outbox.fail(mail, outcome.why)
    }
  }
}
