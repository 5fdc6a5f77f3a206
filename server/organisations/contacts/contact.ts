/** Who is called: a person of the partnership, or a mailbox or number that several people share. */
export interface Contact {
  personId?: string
  /** The id of a person in the file of people: teams are imported before the people they name. */
  sourceId?: string
  name?: string
  email?: string
  phone?: string
}

export interface Step {
  contact: Contact
  /** Who answers when the contact does not. */
  cover?: Contact
}

/** The first point of contact, then the steps of escalation, in order. */
export type CallOrder = Step[]

const contactFields = { _id: false, personId: String, sourceId: String, name: String, email: String, phone: String }

/** For the schemas of the records that name contacts. */
export const callOrderField = [{ _id: false, contact: { type: contactFields, required: true }, cover: { type: contactFields } }]

export interface NamesContacts {
  callOrder?: CallOrder
  /** How often the form was saved: two people editing compare it. */
  contactsRevision?: number
}

export const contactsIn = (order: CallOrder): Contact[] =>
  order.flatMap(({ contact, cover }) => (cover === undefined ? [contact] : [contact, cover]))
