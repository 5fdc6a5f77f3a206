import { createHmac, timingSafeEqual } from 'node:crypto'
import { NotFound } from '../../failures.ts'
import type { PartnershipService } from '../../partnership/partnershipService.ts'
import type { NotificationChoices } from '../choices/notificationChoices.ts'
import type { NotificationKind } from '../notificationKind.ts'

/** What can be ended from a mail: those of one kind, or the mail of the day. */
export interface EndedMails {
  personId: string
  which: string
}

interface Collaborators {
  partnership: Pick<PartnershipService, 'signInSecret'>
  choices: NotificationChoices
}

/**
 * Secret addresses in mails under which such mails end without signing in (RFC 8058). They open nothing else, and are signed instead of kept, so that a
 * mail of any age can be ended.
 */
export class MailEndings {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  async addressOf(ended: EndedMails): Promise<string> {
    return `/unsubscribe/${ended.personId}.${ended.which}.${await this.signatureOf(ended)}`
  }

  /** @throws NotFound when the address was not made here */
  async read(token: string): Promise<EndedMails> {
    const [personId = '', which = '', signature = ''] = token.split('.')
    const expected = Buffer.from(await this.signatureOf({ personId, which }))
    const given = Buffer.from(signature)
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new NotFound('This address ends no mails. Open the whole of it, as it stands in the mail.')
    return { personId, which }
  }

  /** Twice is once. */
  async end({ personId, which }: EndedMails, kinds: readonly NotificationKind[]): Promise<void> {
    if (which === 'daily') return this.with.choices.silence(personId, kinds, 'daily')
    await this.with.choices.silence(
      personId,
      kinds.filter(({ id }) => id === which),
    )
  }

  private async signatureOf({ personId, which }: EndedMails): Promise<string> {
    const secret = await this.with.partnership.signInSecret()
    return createHmac('sha256', secret)
      .update(JSON.stringify(['end mails', personId, which]))
      .digest('base64url')
  }
}
