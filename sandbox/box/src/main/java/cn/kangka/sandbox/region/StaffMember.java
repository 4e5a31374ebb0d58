package cn.kangka.sandbox.region;

import java.util.List;

/**
 * Somebody who logs in to the console, with a password that was made at the first start.
 *
 * @param sources the institutions that a clerk works for; none for the others
 */
public record StaffMember(String username, String name, String password, List<String> roles, List<String> sources) {}
