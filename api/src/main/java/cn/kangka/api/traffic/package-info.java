/** Integration staff's questions about messages, connections and queues, passed on to the index, which owns them. */
package cn.kangka.api.traffic;
