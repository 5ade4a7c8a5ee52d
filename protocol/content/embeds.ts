// The players of other sites that a page may hold: a closed list. Nothing of them is loaded before a reader asks. Pure.

/** Hosts whose frames the page's policy lets in. */
export const embedHosts = ['www.youtube-nocookie.com', 'player.vimeo.com', 'www.geogebra.org'] as const

export interface Embed {
  /** What a reader knows the site by. */
  readonly site: string
  /** The address of its player, on one of `embedHosts`. */
  readonly src: string
}

interface Site {
  readonly site: string
  /** Finds the id in an address that the site gives out under "share". */
  readonly form: RegExp
  readonly player: (id: string) => string
}

const sites: readonly Site[] = [
  {
    site: 'YouTube',
    form: /^https?:\/\/(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com\/(?:watch\?(?:[^#]*&)?v=|embed\/|shorts\/|live\/)|youtu\.be\/)([\w-]{11})(?![\w-])/,
    player: id => `https://www.youtube-nocookie.com/embed/${id}`,
  },
  {
    site: 'Vimeo',
    form: /^https?:\/\/(?:www\.|player\.)?vimeo\.com\/(?:video\/)?(\d{5,12})(?!\d)/,
    player: id => `https://player.vimeo.com/video/${id}?dnt=1`,
  },
  {
    site: 'GeoGebra',
    form: /^https?:\/\/(?:www\.)?geogebra\.org\/(?:m|material\/iframe\/id)\/(\w{4,16})(?!\w)/,
    player: id => `https://www.geogebra.org/material/iframe/id/${id}`,
  },
]

/** The player of what a person gave as the address of a video or drawing; undefined when the site is not on the list. */
export function embedOf(address: string): Embed | undefined {
  for (const { site, form, player } of sites) {
    const id = form.exec(address.trim())?.[1]
    if (id !== undefined) return { site, src: player(id) }
  }
  return undefined
}
