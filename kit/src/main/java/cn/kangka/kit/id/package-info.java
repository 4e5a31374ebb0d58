/** Time-ordered identifiers. */
package cn.kangka.kit.id;
