/**
 * The face of the health card: the index owns card, code and use. Invariants: the holder is the account's person, the
 * hospital is the terminal's own, whatever a body says; every use is audited and told to the holder.
 */
package cn.kangka.api.card;
