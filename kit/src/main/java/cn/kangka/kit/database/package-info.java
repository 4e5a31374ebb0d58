/** The one door to set-based SQL: one unit of work, one connection. */
package cn.kangka.kit.database;
