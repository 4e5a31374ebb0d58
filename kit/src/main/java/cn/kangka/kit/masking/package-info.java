/** Masking of names and numbers (domain rules: first 3 and last 4, first character of a name). */
package cn.kangka.kit.masking;
