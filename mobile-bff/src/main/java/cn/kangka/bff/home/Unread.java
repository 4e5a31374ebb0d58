package cn.kangka.bff.home;

/** How many notices the caller has not read. */
record Unread(Integer count) {}
