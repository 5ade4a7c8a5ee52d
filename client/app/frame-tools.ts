// What features add to the frame: buttons beside the product's name, what they open over any page, and sections of one's
// own page. Filled at boot; shown to members alone.
import type { ComponentType } from 'preact'
import { preview } from '#client/app/frame.ts'

export interface FrameTool {
  readonly name: string
  /** Stands in the rail and at the head of a phone. Draws itself, with a label for readers. */
  readonly Button?: ComponentType<{ readonly path: string }> | undefined
  /** Mounted once, over the pages: what the button opens. */
  readonly Over?: ComponentType | undefined
  /** It has its place in a preview too; what is one's own alone has none. */
  readonly inPreview?: true
  /** What can be chosen about it, on one's own page. */
  readonly Settings?: ComponentType | undefined
}

const tools = new Map<string, FrameTool>()

/** Adds a tool. */
export const registerFrameTool = (tool: FrameTool): void => {
  tools.set(tool.name, tool)
}

/** Every tool, in the order of registration. */
export const frameTools = (): readonly FrameTool[] =>
  [...tools.values()].filter(one => preview.value === null || one.inPreview)
