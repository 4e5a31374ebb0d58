package cn.kangka.notification.preference;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.LocalTime;
import java.util.UUID;

/** The wishes of an account that ever said one. */
@Entity
@Table(name = "preference")
class PreferenceEntity {
    @Id
    UUID account;

    @Version
    long version;

    LocalTime quietFrom;
    LocalTime quietTo;
    boolean transactionalPush;
    boolean transactionalSms;
    boolean reminderPush;
    boolean reminderSms;
    boolean campaignPush;
    boolean campaignSms;
}
