/**
 * The call centre: an agent finds a caller among masked candidates and checks who they are before acting for them.
 * Invariants: an agent has one open call; nobody is acted for without a passed check of that call; which item was wrong
 * is never told; failed checks count per person and per agent, not per call, and a block is a supervisor's to lift;
 * a block stops checks and nothing else: what a caller tells about their safety is always taken; every step is audited.
 */
package cn.kangka.api.callcentre;
