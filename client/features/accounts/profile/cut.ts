// Which square of a picture is cut out. Pure: pixels of the picture in, pixels of the picture out.

/** Upper left corner and edge of the square, in pixels of the picture. */
export interface Cut {
  readonly x: number
  readonly y: number
  readonly size: number
}

interface Picture {
  readonly width: number
  readonly height: number
}

/** Where the square stands: 0 at the start edge, 1 at the far one. */
export interface Place {
  readonly x: number
  readonly y: number
}

const within = (value: number): number => Math.min(1, Math.max(0, value))

/** The square at a place: at zoom 1 the largest the picture holds. */
export function cutOf({ width, height }: Picture, zoom: number, at: Place): Cut {
  const size = Math.min(width, height) / zoom
  return { x: (width - size) * within(at.x), y: (height - size) * within(at.y), size }
}

/** The place after the picture was pushed by shares of the square's edge; it never leaves the picture. */
export function moved({ width, height }: Picture, zoom: number, at: Place, by: { dx: number; dy: number }): Place {
  const size = Math.min(width, height) / zoom
  const along = (length: number, share: number, delta: number) =>
    length - size < 1 ? share : within(share - (delta * size) / (length - size))
  return { x: along(width, at.x, by.dx), y: along(height, at.y, by.dy) }
}
