/**
 * Connections of hospitals: who they are, MLLP in, the message log, and what is told to them. Every message is stored
 * whole before anything is done with it, and is acknowledged only after its outcome is committed.
 */
package cn.kangka.empi.hospital;
