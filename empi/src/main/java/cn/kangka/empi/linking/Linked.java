package cn.kangka.empi.linking;

import java.util.UUID;

/** An identity, the person it belongs to, and its id at its source. */
public record Linked(UUID identity, UUID person, String localId) {}
