package cn.kangka.sandbox.region;

import java.util.List;

/** Somebody who logs in to the console, with a password that was made at the first start. */
public record StaffMember(String username, String name, String password, List<String> roles) {}
