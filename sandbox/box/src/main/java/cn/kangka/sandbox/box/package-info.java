/** The front door of the sandbox for whoever starts it: files first, then servers, then people, then life. */
package cn.kangka.sandbox.box;
