/**
 * An invented Chinese city's people. Invariants: the same seed gives the same people on every machine; every resident id
 * and every phone of one's own is unique; nobody in it exists.
 */
package cn.kangka.sandbox.population;
