/** Who calls whom: tokens of services, and the keys of everybody who is believed. */
package cn.kangka.kit.token;
