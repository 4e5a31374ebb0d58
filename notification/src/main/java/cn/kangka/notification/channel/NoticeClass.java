package cn.kangka.notification.channel;

/** How much a notice matters. Each class has a lane of its own with its own workers, most urgent first. */
public enum NoticeClass {
    /** Stop of clinic, safety: breaks quiet hours, cannot be switched off. */
    URGENT,
    /** Codes, bookings, reports. */
    TRANSACTIONAL,
    REMINDER,
    /** To many at once; never delays the others. */
    CAMPAIGN
}
