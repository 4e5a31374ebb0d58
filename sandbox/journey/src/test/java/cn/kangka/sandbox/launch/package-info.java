/** {@code ./run} as a person at a keyboard knows it: what it refuses, how it lives, what it leaves behind. */
package cn.kangka.sandbox.launch;
