/** What is written is what is there: pages and texts against the code. */
package cn.kangka.sandbox.docs;
