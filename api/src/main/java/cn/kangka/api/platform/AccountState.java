package cn.kangka.api.platform;

import java.util.UUID;

/**
 * An account as {@code notification} knows it.
 *
 * @param locale {@code zh-CN} or {@code en}
 * @param active false while suspended or closed
 */
public record AccountState(UUID account, String phone, String locale, boolean active, long version) {
    @Override
    public String toString() {
        return "account " + account;
    }
}
