package cn.kangka.api.account;

import java.util.UUID;

/**
 * A login.
 *
 * @param phone in clear: seal or mask it wherever it goes
 * @param person whom it is bound to; null at level 0
 */
record Account(UUID id, String phone, UUID person, int level, Status status, String locale, long version) {
    enum Status {
        ACTIVE,
        SUSPENDED,
        CLOSED
    }

    boolean active() {
        return status == Status.ACTIVE;
    }

    @Override
    public String toString() {
        return "account " + id;
    }
}
