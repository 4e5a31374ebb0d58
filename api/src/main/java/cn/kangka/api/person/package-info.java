/**
 * What the index says about humans, projected: which identities are whose. Invariants: an identity moves only to a newer
 * link; a merged-away person leads to the survivor for ever; whoever holds rows by person follows through
 * {@link cn.kangka.api.person.PersonMoved} in the same transaction.
 */
package cn.kangka.api.person;
