/** "guides/setting-up_servers.md" is about "Setting up servers"; what is called README or index is about its folder. */
export function titleFromPath(path: string): string {
  const parts = path.split('/').map(part => part.replace(/\.[^.]*$/, ''))
  const last = parts.at(-1) ?? ''
  const name = /^(readme|index)$/i.test(last) ? (parts.at(-2) ?? last) : last
  const words = name.replace(/[-_]+/g, ' ').replace(/\s+/g, ' ').trim()
  return words === '' ? 'Untitled' : `${words[0]?.toUpperCase()}${words.slice(1)}`.slice(0, 200)
}
