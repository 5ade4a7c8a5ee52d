// What a page of the table of routes is: its row, and the same with the types of its parameters erased.
import type { ComponentType } from 'preact'
import { type PageProps, patterns, type RouteName } from '#client/app/paths.ts'
import type { PlainTextKey } from '#client/platform/texts.ts'

/** shell: with navigation. bare: alone on the screen, as the stage and the sign-in. */
export type Frame = 'shell' | 'bare'

type AnyPageProps = {
  readonly params: { readonly [name: string]: string }
  readonly query: { readonly [name: string]: string }
}

type RowOf<N extends RouteName> = {
  readonly title: PlainTextKey
  readonly frame: Frame
  /** signed-in sends others to the sign-in and back. */
  readonly access: 'anyone' | 'signed-in'
  /** column for reading and lists; wide for tables. */
  readonly width?: 'column' | 'wide' | undefined
  readonly load: () => Promise<ComponentType<PageProps<N>>>
}

export type Route = {
  readonly name: RouteName
  readonly path: string
  readonly title: PlainTextKey
  readonly frame: Frame
  readonly access: 'anyone' | 'signed-in'
  readonly width: 'column' | 'wide'
  readonly load: () => Promise<ComponentType<AnyPageProps>>
}

/** A row of the table. */
export function route<N extends RouteName>(name: N, row: RowOf<N>): Route {
  return {
    name,
    path: patterns[name],
    title: row.title,
    frame: row.frame,
    access: row.access,
    width: row.width ?? 'column',
    // The matcher fills exactly the parameters of this pattern, which the erased type no longer says.
    load: row.load as unknown as Route['load'],
  }
}

/** A page of tables inside the frame. */
export const wide = <N extends RouteName>(name: N, title: PlainTextKey, load: RowOf<N>['load']): Route =>
  route(name, { title, frame: 'shell', access: 'signed-in', width: 'wide', load })

/** A page to read in the column of the frame. */
export const column = <N extends RouteName>(name: N, title: PlainTextKey, load: RowOf<N>['load']): Route =>
  route(name, { title, frame: 'shell', access: 'signed-in', load })
