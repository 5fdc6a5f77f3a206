import { dateAndTime } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { logoField } from '../identity/logos.ts'
import { type KeptSetting, keptSettings, type SettingId } from '../settingModel.ts'
import { publicTexts, type TextName, textNames } from '../texts/publicTexts.ts'
import { standsOf } from '../texts/textPresenter.ts'
import { type SettingField, type SettingSection, settingSections } from './settingsSections.ts'

export const settingsPage = '/admin/settings'

/** A form that was not taken. */
export interface Refused {
  id: SettingId
  typed: Record<string, unknown>
  errors: Problems
  /** Somebody else was faster. */
  isConflict: boolean
}

type Kept = Record<SettingId, KeptSetting>

export async function presentSettings({ settings, people }: Services, refused?: Refused) {
  const all = await Promise.all(keptSettings.map(async id => [id, await settings.find(id)] as const))
  const kept = Object.fromEntries(all) as Kept
  const changers = [...new Set(all.flatMap(([, { changedById }]) => changedById ?? []))]
  const names = new Map(await Promise.all(changers.map(async id => [id, (await people.byId(id))?.name] as const)))
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : names.get(id))
  return {
    title: 'Settings',
    errors: refused?.errors ?? {},
    sections: settingSections.map(section => presentSection(section, kept[section.id], nameOf, refused)),
    logo: presentLogo(kept, nameOf, refused),
    texts: textNames.map(name => presentTextRow(name, kept[name], nameOf)),
  }
}

type NameOf = (id: string | undefined) => string | undefined

function presentSection(section: SettingSection, kept: KeptSetting, nameOf: NameOf, refused?: Refused) {
  const again = refused?.id === section.id ? refused : undefined
  return {
    id: section.id,
    title: section.title,
    about: section.about,
    action: `${settingsPage}/${section.id}`,
    revision: revisionOf(kept, again),
    stands: section.stands(kept),
    lacks: section.lacks?.(kept) ?? false,
    changed: changedLine(kept, nameOf),
    fields: section.fields.map(field => presentField(field, kept, again)),
    savedMeanwhile: again?.isConflict ? section.fields.map(({ label, kept: was }) => ({ label, text: was(kept) ?? 'Nothing' })) : [],
  }
}

function presentField({ name, label, hint, type, classes, kept: was }: SettingField, kept: KeptSetting, again?: Refused) {
  const typed = again?.typed[name]
  const problem = again?.errors[name]
  return {
    id: name,
    name,
    label,
    hint,
    value: again === undefined ? was(kept) : typeof typed === 'string' ? typed : '',
    ...(type === undefined ? {} : { type }),
    ...(classes === undefined ? {} : { classes }),
    ...(problem === undefined ? {} : { errorMessage: problem }),
  }
}

function presentLogo({ logo: kept }: Kept, nameOf: NameOf, refused?: Refused) {
  const again = refused?.id === 'logo' ? refused : undefined
  return {
    action: `${settingsPage}/logo`,
    revision: revisionOf(kept, again),
    changed: changedLine(kept, nameOf),
    problem: again?.errors[logoField],
    picture: kept.logo,
  }
}

function presentTextRow(name: TextName, kept: KeptSetting, nameOf: NameOf) {
  const { title, about } = publicTexts[name]
  const stands = standsOf({ ...kept, isDefault: kept.text === undefined }, nameOf(kept.changedById))
  return { title, about, href: `${settingsPage}/texts/${name}`, stands }
}

/** What was typed belongs to what its writer saw, unless they are shown what is newer. */
const revisionOf = ({ revision = 0 }: KeptSetting, again: Refused | undefined): string =>
  again === undefined || again.isConflict ? String(revision) : String(again.typed.revision ?? '')

function changedLine({ changedAt, changedById }: KeptSetting, nameOf: NameOf): string {
  if (changedAt === undefined) return ''
  const name = nameOf(changedById)
  return `Changed ${name === undefined ? '' : `by ${name}, `}${dateAndTime(changedAt)}.`
}
