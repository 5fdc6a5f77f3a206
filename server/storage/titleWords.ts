/** The words of a text in one spelling: small letters, without accents and signs (™), in order, each as often as it stands there. */
export function plainWords(text: string): string[] {
  return (
    text
      .replace(/\p{S}/gu, ' ')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Two names with the same spelling are the same name: "VMware ESX" and "vmware (ESX)" are, C, C++ and C# are not. */
export const spellingOf = (name: string): string => plainWords(name.replaceAll('+', ' plus ').replaceAll('#', ' sharp ')).join(' ')

/** What a record is found by in MongoDB while the search engine is down: at most 40 words of its title. */
export const titleWords = (title: string): string[] => [...new Set(plainWords(title))].slice(0, 40)
