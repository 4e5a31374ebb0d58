/** What arrives while a statement is under way shares the next one. */
package cn.kangka.kit.grouping;
