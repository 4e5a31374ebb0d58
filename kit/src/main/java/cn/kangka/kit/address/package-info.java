/** From which network address a request comes. */
package cn.kangka.kit.address;
