// What a manifest says (IMS Content Packaging 1.1, with ADL's words for SCORM 1.2 and 2004): the parts of a package in the order
// of its first organization, and what each is begun with. Sequencing is not followed: every part can be chosen. Pure.
import { mostParts } from '#protocol/packages/limits.ts'
import type { PackageForm, PlayedPart } from '#protocol/packages/player.ts'
import type { Refused } from '#server/features/files/index.ts'
import type { XmlNode } from '#server/platform/extract/xml.ts'
import { keyOf } from './entries.ts'

export interface ReadPackage {
  readonly form: PackageForm
  readonly title: string
  readonly parts: readonly PlayedPart[]
}

const child = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find(one => one.name.toLowerCase() === name)
const all = (node: XmlNode | undefined, name: string): XmlNode[] =>
  node?.children.filter(one => one.name.toLowerCase() === name) ?? []
const said = (node: XmlNode | undefined, name: string): string => child(node, name)?.text.trim() ?? ''

/** An attribute whatever its case: the two models write `scormtype` and `scormType`. */
const attribute = (node: XmlNode, name: string): string =>
  [...node.attributes].find(([key]) => key.toLowerCase() === name)?.[1].trim() ?? ''

/** What is said of something in one line of 200 characters at most. */
export const lineOf = (text: string, otherwise: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200) || otherwise

/** Which of the two it is: by its version where it says one, else by whether something is called as in SCORM 2004. */
function formOf(manifest: XmlNode): PackageForm {
  const version = said(child(manifest, 'metadata'), 'schemaversion')
  if (/2004|CAM\s*1\.3/i.test(version)) return 'scorm2004'
  if (/1\.[12]/.test(version)) return 'scorm12'
  const newer = (node: XmlNode): boolean => node.attributes.has('scormType') || node.children.some(newer)
  return newer(manifest) ? 'scorm2004' : 'scorm12'
}

/** What stands between 0 and 1; null for anything else. */
function shareIn(text: string, whole: number): number | null {
  const share = text === '' ? Number.NaN : Number(text) / whole
  return share >= 0 && share <= 1 ? share : null
}

/** From which share on a part is passed, where the manifest says so. */
function masteryOf(item: XmlNode, form: PackageForm): number | null {
  if (form === 'scorm12') return shareIn(said(item, 'masteryscore'), 100)
  const objective = child(child(child(item, 'sequencing'), 'objectives'), 'primaryobjective')
  if (!objective || attribute(objective, 'satisfiedbymeasure') !== 'true') return null
  return shareIn(said(objective, 'minnormalizedmeasure') || '1', 1)
}

const elsewhere = /^[a-z][a-z0-9+.-]*:|^\/\//i

/** A path of an address as files are called. */
export const unescaped = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** A path below the package with what follows it, or undefined where it leads out. */
export function inside(base: string, href: string, parameters = ''): { path: string; rest: string } | undefined {
  // Whatever stands there is read as a browser reads it, so that what is looked for is what is opened.
  const root = 'http://package.invalid/'
  const asked =
    href.replaceAll('\\', '/') +
    (parameters === ''
      ? ''
      : href.includes('?')
        ? `&${parameters.replace(/^[?&]/, '')}`
        : `?${parameters.replace(/^[?&]/, '')}`)
  if (!URL.canParse(asked, root + base)) return undefined
  const url = new URL(asked, root + base)
  return url.origin === new URL(root).origin ? { path: url.pathname.slice(1), rest: url.search + url.hash } : undefined
}

const isRefused = (one: PlayedPart | Refused): one is Refused => 'refused' in one

interface Reading {
  readonly form: PackageForm
  readonly resources: ReadonlyMap<string, { readonly node: XmlNode; readonly base: string }>
  readonly keys: ReadonlySet<string>
}

function partOf(item: XmlNode, depth: number, { form, resources, keys }: Reading): PlayedPart | Refused {
  const id = attribute(item, 'identifier').slice(0, 255)
  const title = lineOf(said(item, 'title'), id)
  const found = resources.get(attribute(item, 'identifierref'))
  const heading: PlayedPart = { id, title, depth, kind: 'heading', href: '', mastery: null, launchData: '' }
  if (!found) return heading
  const href = attribute(found.node, 'href')
  if (href === '') return heading
  const where = elsewhere.test(found.base + href) ? undefined : inside(found.base, href, attribute(item, 'parameters'))
  if (!where) return { refused: 'part-elsewhere', at: href.slice(0, 200) }
  if (!keys.has(keyOf(unescaped(where.path))))
    return { refused: 'part-missing', at: unescaped(where.path).slice(0, 200) }
  return {
    ...{ id, title, depth, href: (where.path + where.rest).slice(0, 2_000) },
    kind: attribute(found.node, 'scormtype').toLowerCase() === 'sco' ? 'sco' : 'page',
    mastery: masteryOf(item, form),
    launchData: said(item, 'datafromlms').slice(0, 4_096),
  }
}

const slashed = (base: string): string => (base === '' || base.endsWith('/') ? base : `${base}/`)

function resourcesOf(manifest: XmlNode): Reading['resources'] {
  const resources = child(manifest, 'resources')
  const above = slashed(attribute(manifest, 'base')) + slashed(resources ? attribute(resources, 'base') : '')
  return new Map(
    all(resources, 'resource').map(node => [
      attribute(node, 'identifier'),
      { node, base: above + slashed(attribute(node, 'base')) },
    ]),
  )
}

/** Reads a manifest; `keys`: of the files that are there. Or why it is not played. */
export function readManifest(manifest: XmlNode, keys: ReadonlySet<string>): ReadPackage | Refused {
  if (manifest.name.toLowerCase() !== 'manifest') return { refused: 'bad-manifest' }
  const form = formOf(manifest)
  const organizations = child(manifest, 'organizations')
  const every = all(organizations, 'organization')
  const named = organizations ? attribute(organizations, 'default') : ''
  const organization = every.find(one => attribute(one, 'identifier') === named) ?? every[0]
  const reading: Reading = { form, resources: resourcesOf(manifest), keys }
  const parts: PlayedPart[] = []
  const ids = new Set<string>()
  const walk = (node: XmlNode, depth: number): Refused | undefined => {
    for (const item of all(node, 'item')) {
      const shown = attribute(item, 'isvisible') !== 'false'
      const part = partOf(item, Math.min(depth, 9), reading)
      if (isRefused(part)) return part
      if (part.id === '' || ids.has(part.id) || parts.length >= mostParts)
        return { refused: 'bad-manifest', ...(part.id === '' ? {} : { at: part.id }) }
      ids.add(part.id)
      if (shown || part.kind !== 'heading') parts.push(part)
      const refused = walk(item, depth + 1)
      if (refused) return refused
    }
    return undefined
  }
  const refused = organization && walk(organization, 0)
  if (refused) return refused
  if (!parts.some(one => one.kind !== 'heading')) return { refused: 'nothing-to-play' }
  return { form, title: lineOf(said(organization, 'title'), ''), parts }
}
