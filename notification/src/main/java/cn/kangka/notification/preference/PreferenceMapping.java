package cn.kangka.notification.preference;

import cn.kangka.kit.problem.Problems;
import cn.kangka.notification.channel.NoticeClass;
import cn.kangka.notification.preference.PreferenceView.Quiet;
import cn.kangka.notification.preference.PreferenceView.Wish;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Between the row, the defaults and what the app sees. */
final class PreferenceMapping {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private PreferenceMapping() {}

    static PreferenceEntity defaults(PreferenceConfig config) {
        PreferenceEntity entity = new PreferenceEntity();
        entity.quietFrom = config.quietFrom();
        entity.quietTo = config.quietTo();
        entity.transactionalPush = true;
        entity.transactionalSms = true;
        entity.reminderPush = true;
        entity.reminderSms = true;
        entity.campaignPush = true;
        entity.campaignSms = true;
        return entity;
    }

    static PreferenceView view(PreferenceEntity row) {
        return new PreferenceView(
                new Quiet(row.quietFrom.format(TIME), row.quietTo.format(TIME)),
                List.of(
                        new Wish(NoticeClass.TRANSACTIONAL, row.transactionalPush, row.transactionalSms),
                        new Wish(NoticeClass.REMINDER, row.reminderPush, row.reminderSms),
                        new Wish(NoticeClass.CAMPAIGN, row.campaignPush, row.campaignSms)));
    }

    static void apply(PreferenceView view, PreferenceEntity row) {
        row.quietFrom = LocalTime.parse(view.quietHours().from());
        row.quietTo = LocalTime.parse(view.quietHours().to());
        for (Wish wish : view.classes()) {
            apply(wish, row);
        }
    }

    private static void apply(Wish wish, PreferenceEntity row) {
        switch (wish.noticeClass()) {
            case URGENT -> {
                if (!wish.push() || !wish.sms()) {
                    throw Problems.invalid("classes.URGENT", "preference.urgent");
                }
            }
            case TRANSACTIONAL -> {
                row.transactionalPush = wish.push();
                row.transactionalSms = wish.sms();
            }
            case REMINDER -> {
                row.reminderPush = wish.push();
                row.reminderSms = wish.sms();
            }
            case CAMPAIGN -> {
                row.campaignPush = wish.push();
                row.campaignSms = wish.sms();
            }
        }
    }
}
