/** Records as the engine holds them: values normalised and prepared once, shared between records that have the same. */
package cn.kangka.empi.matching.record;
