// What a channel is called for one reader, and where it stands: by its form in a course, by the others in a direct talk.
// Pure.
import { pathTo } from '#client/app/paths.ts'
import { t } from '#client/platform/texts.ts'
import type { ChannelEntry } from '#protocol/channels/inbox.ts'
import type { Channel, ChannelPerson } from '#protocol/channels.ts'

/** Who is in a direct talk beside the reader. */
export const othersIn = (channel: Channel, meId: string): readonly ChannelPerson[] =>
  channel.people.filter(one => one.id !== meId)

/** One line that tells it from the reader's other channels. */
export function titleOf({ channel, place }: Pick<ChannelEntry, 'channel' | 'place'>, meId: string): string {
  if (channel.title !== '') return channel.title
  if (channel.form === 'direct') {
    const names = othersIn(channel, meId).map(one => one.name)
    return names.length > 0 ? names.join(', ') : t('channels.onlyYou')
  }
  const form = t(`channels.${channel.form}`)
  return place && place.title !== '' ? t('channels.titleIn', { title: place.title, form }) : form
}

/** Its address; with the number of a message, the address of that. */
export function pathOf({ channel, courseId, place }: ChannelEntry, at?: number): string {
  if (place?.kind === 'course' && courseId !== null)
    return pathTo(channel.form === 'announcements' ? 'announcements' : 'chat', { courseId }, { at })
  return pathTo('talk', { channelId: channel.id }, { at })
}
