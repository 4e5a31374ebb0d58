package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Message;
import java.time.Instant;
import java.util.UUID;

/**
 * A message from a known sender, stored already.
 *
 * @param id its id in the message log
 * @param at when it came in
 */
public record Received(UUID id, Source source, Hl7Message message, Instant at) {}
