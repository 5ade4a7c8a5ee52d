// Which rows of a long table are drawn. Pure: sizes in, a range out.

export type TableWindow = {
  readonly from: number
  readonly to: number
  readonly before: number
  readonly after: number
}

/** Rows drawn beyond each edge, so that a quick scroll finds them ready. */
const spare = 12

/**
 * The rows [from, to) to draw, and the heights in pixels of what is left out before and after. Every row has the same
 * height.
 */
export function tableWindow(rows: number, rowHeight: number, scrollTop: number, viewHeight: number): TableWindow {
  const inView = Math.ceil(viewHeight / rowHeight) + 1
  const first = Math.min(Math.floor(Math.max(0, scrollTop) / rowHeight), Math.max(0, rows - inView))
  const from = Math.max(0, first - spare)
  const to = Math.min(rows, first + inView + spare)
  return { from, to, before: from * rowHeight, after: (rows - to) * rowHeight }
}
