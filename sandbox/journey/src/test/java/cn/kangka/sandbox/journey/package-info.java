/** Journeys across the started product, over its real interfaces only: HTTP, MLLP, a browser. */
package cn.kangka.sandbox.journey;
