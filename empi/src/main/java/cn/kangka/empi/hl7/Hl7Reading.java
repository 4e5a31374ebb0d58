package cn.kangka.empi.hl7;

/** What reading a text gave: the message, or why it is none. */
public sealed interface Hl7Reading permits Hl7Message, Hl7Refusal {}
