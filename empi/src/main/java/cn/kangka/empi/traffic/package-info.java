/**
 * What integration staff see of the traffic with institutions: the message log, every connection and every queue, and what
 * they do about it.
 */
package cn.kangka.empi.traffic;
