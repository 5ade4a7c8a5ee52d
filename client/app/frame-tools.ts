// Buttons that features put beside the product's name: in the rail, and at the head of a phone. Filled at boot.
import type { ComponentType } from 'preact'

export interface FrameTool {
  readonly name: string
  /** Draws itself, with a label for readers and what it opens; shown to members alone. */
  readonly Button: ComponentType<{ readonly path: string }>
}

const tools = new Map<string, FrameTool>()

/** Adds a button. */
export const registerFrameTool = (tool: FrameTool): void => {
  tools.set(tool.name, tool)
}

/** Every button, in the order of registration. */
export const frameTools = (): readonly FrameTool[] => [...tools.values()]
