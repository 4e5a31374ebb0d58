/** Values: how the texts of a record are brought into one spelling, and what blocking keys take of them. */
package cn.kangka.empi.matching.value;
