package cn.kangka.notification.inbox;

import cn.kangka.notification.channel.NoticeClass;
import java.util.UUID;

/**
 * A new entry.
 *
 * @param id the notice's id
 * @param content sealed texts
 */
public record InboxEntry(UUID id, UUID account, NoticeClass noticeClass, byte[] content, String link) {}
