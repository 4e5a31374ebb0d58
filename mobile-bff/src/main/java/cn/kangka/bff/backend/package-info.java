/**
 * The one origin of browsers and apps: passes an allow-list of routes on to the services that own them. What is not on
 * the list does not exist here; who may see what is decided by the owner, who checks the token again.
 */
package cn.kangka.bff.backend;
