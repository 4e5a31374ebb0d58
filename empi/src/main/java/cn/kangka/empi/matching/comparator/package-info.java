/**
 * Comparators: how alike two values are. What they need of a value (characters, syllables, a check digit) is computed
 * once when the record comes in; a comparison allocates nothing.
 */
package cn.kangka.empi.matching.comparator;
