/** One trace id from the phone to the hospital and back. */
package cn.kangka.kit.trace;
