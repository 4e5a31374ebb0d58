/** A hospital's ends of MLLP: it sends messages, listens with answers that can be programmed. Real sockets, blocking. */
package cn.kangka.sandbox.hl7;
