// What of a course is live now, said once for Today and for the lists of courses.

/** SQL: whether the item `i`, in its module `m` or in none, is live now and there for everybody in the course. */
export const liveNow = `i.badge = 'live' and i.published and i.audience = 'everybody' and i.removed_at is null
                       and m.removed_at is null`
