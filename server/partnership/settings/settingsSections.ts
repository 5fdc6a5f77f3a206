import { ratioText } from '../identity/colour.ts'
import { whiteOn } from '../identity/identityColours.ts'
import type { KeptSetting, SettingId } from '../settingModel.ts'

export interface SettingField {
  name: string
  label: string
  hint: string
  type?: 'email' | 'tel'
  classes?: string
  /** As it would have been typed. */
  kept(setting: KeptSetting): string | undefined
}

/** A form of the page of settings. */
export interface SettingSection {
  /** Of the record, and the end of the form's address. */
  id: SettingId & ('partnership' | 'help' | 'security' | 'requests')
  title: string
  about: string
  fields: readonly SettingField[]
  /** What it comes to at present. */
  stands(setting: KeptSetting): string
  /** Whether something should be here and is not. */
  lacks?(setting: KeptSetting): boolean
  saved: string
}

const short = 'govuk-input--width-10'

const usualDays = [2, 5, 10]

function dayField(name: string, label: string, place: number): SettingField {
  const kept = ({ requestDays = usualDays }: KeptSetting) => String(requestDays[place] ?? '')
  return { name, label, hint: 'A whole number from 1 to 90', classes: 'govuk-input--width-3', kept }
}

export const settingSections: readonly SettingSection[] = [
  {
    id: 'partnership',
    title: 'Name and colour',
    about:
      'The name stands in the header, in the title of every page and in feeds. The colour is that of the header, the buttons and, made lighter or darker where it must be, of links, in light and in dark mode.',
    fields: [
      { name: 'name', label: 'Name of the partnership', hint: 'As its members call it', kept: ({ name }) => name },
      {
        name: 'colour',
        label: 'Colour',
        hint: 'Six digits from 0 to 9 and a to f, such as #0f4c5c. White text must be readable on it. Leave it empty for the colours that Skillpool comes with',
        classes: short,
        kept: ({ colour }) => colour,
      },
    ],
    stands: ({ colour }) =>
      colour === undefined
        ? 'The colours that Skillpool comes with are used.'
        : `White text on ${colour} has a contrast of ${ratioText(whiteOn(colour))}.`,
    saved: 'The name and the colour are saved. Everybody sees them within a few seconds.',
  },
  {
    id: 'help',
    title: 'Whom to ask',
    about:
      'Shown where people sign in and on pages that say that something went wrong. Visitors see it too, so name a service desk rather than a person.',
    fields: [
      {
        name: 'helpName',
        label: 'Who answers',
        hint: 'Such as ICT service desk. Leave it empty to show nobody',
        kept: ({ help }) => help?.name,
      },
      { name: 'helpEmail', label: 'Their e-mail address', hint: 'May be empty', type: 'email', kept: ({ help }) => help?.email },
      {
        name: 'helpPhone',
        label: 'Their telephone number',
        hint: 'May be empty',
        type: 'tel',
        classes: 'govuk-input--width-20',
        kept: ({ help }) => help?.phone,
      },
    ],
    stands: ({ help }) => (help === undefined ? 'Nobody is named: people are told to ask the administrator of their organisation.' : ''),
    saved: 'Whom to ask is saved.',
  },
  {
    id: 'security',
    title: 'Reports about security',
    about:
      'Whoever finds a weakness of this site looks for the address to tell at /.well-known/security.txt, which programs read. The file is made from this contact; the day on which it expires is always half a year ahead.',
    fields: [
      {
        name: 'securityContact',
        label: 'Contact for reports about security',
        hint: 'An e-mail address that somebody reads every working day, or an https:// address with a form',
        kept: ({ contact }) => contact,
      },
    ],
    stands: ({ contact }) => (contact === undefined ? 'There is no security.txt until a contact is named here.' : ''),
    lacks: ({ contact }) => contact === undefined,
    saved: 'The contact for reports about security is saved.',
  },
  {
    id: 'requests',
    title: 'Requests without an answer',
    about:
      'A request for help that nobody answers rises: first those who have its skills are told, then the first points of contact of their organisations and of the one that asks, then the coordinators. Only who may read the request is told, and of each once.',
    fields: [
      dayField('riseHolders', 'Days until those with its skills are told', 0),
      dayField('riseContacts', 'Days until the contacts of organisations are told', 1),
      dayField('riseCoordinators', 'Days until the coordinators are told', 2),
    ],
    stands: ({ requestDays }) => (requestDays === undefined ? 'The days that Skillpool comes with are used: 2, 5 and 10.' : ''),
    saved: 'The days after which requests rise are saved.',
  },
]
