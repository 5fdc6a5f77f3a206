/** "+44 (0)151 555 0100, ext 12" is called as tel:+441515550100;ext=12; of several numbers the first. */
export function telHref(phone: string): string {
  const [first = ''] = phone.split(/[/,;]| or /i)
  const number = first.replace(/\bext.*$/i, '').replace(/^(\s*(?:\+|00).*?)\(0\)/, '$1')
  const extension = /\b(?:extension|ext)\.?\s*(\d+)/i.exec(phone)?.[1]
  return `tel:${number.replace(/[^\d+]/g, '')}${extension === undefined ? '' : `;ext=${extension}`}`
}

/** Nothing of an address is taken for a subject or a second recipient. */
export const mailHref = (email: string): string => `mailto:${encodeURIComponent(email).replace('%40', '@')}`
