package cn.kangka.notification.preference;

import cn.kangka.notification.channel.NoticeClass;
import java.util.Set;

/**
 * One person's wishes.
 *
 * @param noPush classes that get no push
 * @param noSms classes that get no SMS
 */
public record Preferences(QuietHours quietHours, Set<NoticeClass> noPush, Set<NoticeClass> noSms) {
    public boolean wantsPush(NoticeClass noticeClass) {
        return !noPush.contains(noticeClass);
    }

    public boolean wantsSms(NoticeClass noticeClass) {
        return !noSms.contains(noticeClass);
    }
}
