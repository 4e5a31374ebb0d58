/** Starts the whole region on one machine, keeps it running, and leaves nothing behind. */
package cn.kangka.sandbox.launch;
