/** What ties this service to the kit: its name, keys and clock. */
package cn.kangka.empi.platform;
