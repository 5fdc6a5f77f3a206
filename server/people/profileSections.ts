import type { ZodType } from 'zod'
import { aboutForm, contactForm, nameForm, requestsForm } from './personForms.ts'
import type { Person } from './personModel.ts'
import type { Changeable } from './profileChange.ts'

/** A part of the profile that is typed, with a form of its own at /people/:slug/edit/<name>. */
export interface ProfileSection {
  name: string
  title: string
  fields: readonly (keyof Changeable & keyof Person)[]
  form: ZodType<Changeable & { opened: string }>
  /** What the form prints, in order; names, values and problems are added. */
  controls: readonly { component: 'input' | 'textarea'; name: string; options: object }[]
}

const input = (name: string, options: object) => ({ component: 'input' as const, name, options })

export const nameSection: ProfileSection = {
  name: 'name',
  title: 'Name and role',
  fields: ['name', 'role'],
  form: nameForm,
  controls: [
    input('name', { label: 'Name', autocomplete: 'name' }),
    input('role', { label: 'Role', hint: 'What you do, such as Infrastructure lead', autocomplete: 'organization-title' }),
  ],
}

export const aboutSection: ProfileSection = {
  name: 'about',
  title: 'About',
  fields: ['about'],
  form: aboutForm,
  controls: [
    {
      component: 'textarea',
      name: 'about',
      options: { label: 'About', hint: 'What you work on and what people may ask you. An empty line begins a new paragraph.', rows: 10 },
    },
  ],
}

export const contactSection: ProfileSection = {
  name: 'contact',
  title: 'Contact and working pattern',
  fields: ['email', 'phone', 'workingPattern'],
  form: contactForm,
  controls: [
    input('email', { type: 'email', label: 'E-mail that colleagues see', autocomplete: 'email', spellcheck: false }),
    input('phone', { type: 'tel', label: 'Phone', autocomplete: 'tel', classes: 'govuk-input--width-20' }),
    input('workingPattern', { label: 'Working pattern', hint: 'Such as Monday to Thursday, from home on Tuesdays' }),
  ],
}

export const requestsSection: ProfileSection = {
  name: 'requests',
  title: 'Requests for help',
  fields: ['requestLimit'],
  form: requestsForm,
  controls: [
    input('requestLimit', {
      label: 'How many open requests you take at once',
      hint: 'Enter 0 if you do not wish to be asked. Left empty, it is 3',
      inputmode: 'numeric',
      classes: 'govuk-input--width-3',
    }),
  ],
}

export const typedSections: readonly ProfileSection[] = [nameSection, aboutSection, contactSection, requestsSection]
