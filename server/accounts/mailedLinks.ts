import { createHmac } from 'node:crypto'
import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Outbox } from '../mail/outbox.ts'
import type { PartnershipService } from '../partnership/partnershipService.ts'
import { newId } from '../storage/newId.ts'
import type { PersonWithAccount } from './accountAdministration.ts'
import type { Invitations, InvitedOne, Refused } from './invitations.ts'

export const linkMailType = 'access-link'

interface Collaborators {
  invitations: Invitations
  outbox: Outbox
  partnership: Pick<PartnershipService, 'signInSecret'>
}

/**
 * Links for a first or a new password, sent to the person instead of shown to the administrator. The token is made of the mail's id and a secret, so that
 * each try sends the same one and it is kept nowhere.
 */
export class MailedLinks {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** Earlier links of the person end. @throws as Invitations.issueResetLink */
  async send(administrator: SignedInPerson, slug: string): Promise<PersonWithAccount> {
    const mailId = newId()
    const { person } = await this.with.invitations.issueResetLink(administrator, slug, await this.tokenOf(mailId))
    await this.with.outbox.put({ _id: mailId, personId: person.person._id, type: linkMailType })
    await this.with.outbox.wake()
    return person
  }

  /** Those of the people who can be, the others with the reason. */
  async inviteMany(administrator: SignedInPerson, slugs: readonly string[]): Promise<{ invited: InvitedOne[]; refused: Refused[] }> {
    const outcome = await this.with.invitations.inviteMany(administrator, slugs)
    for (const { slug } of outcome.invited) await this.send(administrator, slug)
    return outcome
  }

  async tokenOf(mailId: string): Promise<string> {
    const secret = await this.with.partnership.signInSecret()
    return createHmac('sha256', secret)
      .update(JSON.stringify(['mailed link', mailId]))
      .digest('base64url')
  }
}
