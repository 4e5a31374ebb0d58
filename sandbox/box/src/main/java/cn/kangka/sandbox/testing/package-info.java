/** What tests of every module need: real stores, tokens, the rules of the house. */
package cn.kangka.sandbox.testing;
