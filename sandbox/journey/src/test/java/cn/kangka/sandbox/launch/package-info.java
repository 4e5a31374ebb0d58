/** What {@code ./run} promises to the person at the keyboard: the real script, real processes, clear sentences. */
package cn.kangka.sandbox.launch;
