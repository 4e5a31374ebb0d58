package cn.kangka.empi.person;

import cn.kangka.empi.identity.Identity;

/** An identity in the cluster of a person, by its active link. */
public record Member(Identity identity, LinkRow link) {}
