/** The initial load of an institution's patients from a file: resumable, and the same whenever it is repeated. */
package cn.kangka.empi.load;
