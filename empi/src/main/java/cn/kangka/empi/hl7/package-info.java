/**
 * HL7 v2 text in and out: a tolerant reader, a builder, acknowledgements and character sets. Pure Java, knows nothing of
 * the other packages. Reading never throws on odd content: what cannot be read is a {@link Hl7Refusal}.
 */
package cn.kangka.empi.hl7;
