/**
 * Matching: are these two records one human? Pure Java: no framework, no I/O, no statics that hold state. What goes in is
 * features, what comes out is a decision with its explanation; who calls it loads and locks.
 */
package cn.kangka.empi.matching;
