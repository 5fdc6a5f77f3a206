import type { Config } from '../config.ts'

/** Under https a browser takes this one from no neighbouring site. */
export const signInCookie = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>) => {
  const secure = PUBLIC_URL?.startsWith('https:') ?? false
  return { name: secure ? '__Host-skillpool' : 'skillpool', secure }
}
