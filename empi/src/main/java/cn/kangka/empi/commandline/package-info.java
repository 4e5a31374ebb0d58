/** The linking engine for data people: train, link and evaluate on files, without database or service. */
package cn.kangka.empi.commandline;
