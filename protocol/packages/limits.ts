// How much packages and their parts may be and say; by itself, so that what plays them brings no schemas.

/** Bytes of a package at most, as it is brought. */
export const largestPackage = 1000 ** 3
/** Parts that one package may have. */
export const mostParts = 500
/** Characters of what a part keeps for itself: what SCORM 2004 promises, and more than SCORM 1.2 does. */
export const longestSuspend = 65_536
export const longestLocation = 1_000
export const mostObjectives = 100
