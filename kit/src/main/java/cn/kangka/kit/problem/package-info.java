/** One error path for everything: RFC 9457 problem details, in the caller's language. */
package cn.kangka.kit.problem;
