/** What may be kept on the way to a client: nothing that is meant for one person. */
package cn.kangka.kit.caching;
