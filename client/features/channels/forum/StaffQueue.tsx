// For staff: posts that wait to be approved, and topics that are hidden. Nothing when there is neither.
import { Check, Eye, X } from 'lucide-preact'
import { t } from '#client/platform/texts.ts'
import { useScope } from '#client/platform/use-scope.ts'
import { Button } from '#client/ui/Button.tsx'
import { Section } from '#client/ui/Card.tsx'
import { List, Row } from '#client/ui/List.tsx'
import { Time } from '#client/ui/Time.tsx'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { forumStaffScope } from '#protocol/channels/topics.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { MessageFiles } from '../attach/MessageFiles.tsx'
import { act } from './store.ts'
import { authorName, topicTitle } from './TopicFacts.tsx'

/** Follows the scope of those who moderate. */
export function StaffQueue({ channelId }: { readonly channelId: ChannelId }) {
  const state = useScope(forumStaffScope, channelId).state.value
  if (!state) return null
  const { waiting, hidden } = state
  return (
    <>
      {waiting.length > 0 && (
        <Section title={`${t('forum.waiting')} (${waiting.length})`}>
          <ul class="topic-list" aria-label={t('forum.waiting')}>
            {waiting.map(post => (
              <li class="waiting" key={post.messageId}>
                <p class="waiting-words" dir="auto">
                  {post.kind === 'topic' ? post.title : post.text}
                </p>
                {post.kind === 'topic' && post.text && (
                  <p class="waiting-text" dir="auto">
                    {post.text}
                  </p>
                )}
                <MessageFiles files={post.files} />
                <p class="topic-row-line muted">
                  {post.kind === 'reply' && <>{t('forum.waitingReply', { title: post.title })} · </>}
                  {authorName(post.anonymous ? '' : post.authorName, post.authorName)} · <Time at={post.sentAt} />
                </p>
                <div class="cluster">
                  <Button
                    size="small"
                    kind="primary"
                    icon={Check}
                    onClick={() => void act(topicCalls.decide, { messageId: post.messageId, decision: 'approve' })}
                  >
                    {t('forum.approve')}
                  </Button>
                  <Button
                    size="small"
                    icon={X}
                    onClick={() => void act(topicCalls.decide, { messageId: post.messageId, decision: 'refuse' })}
                  >
                    {t('forum.refuse')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {hidden.length > 0 && (
        <details class="forum-hidden">
          <summary>
            {t('forum.hiddenTopics')} ({hidden.length})
          </summary>
          <List label={t('forum.hiddenTopics')}>
            {hidden.map(topic => (
              <Row
                key={topic.id}
                title={<bdi>{topicTitle(topic)}</bdi>}
                detail={authorName(topic.authorName, state.authors.find(one => one.aliasId === topic.authorId)?.name)}
                end={
                  <Button
                    size="small"
                    icon={Eye}
                    onClick={() => void act(topicCalls.hide, { topicId: topic.id, on: false })}
                  >
                    {t('forum.show')}
                  </Button>
                }
              />
            ))}
          </List>
        </details>
      )}
    </>
  )
}
