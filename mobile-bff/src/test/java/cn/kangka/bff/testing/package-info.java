/** A region that is not there: small real servers that answer like api and notification. */
package cn.kangka.bff.testing;
