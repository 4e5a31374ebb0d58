/**
 * The citizen web app. Its files lie in {@code META-INF/resources}: plain ES modules, styles and texts, no build step;
 * this package only answers its deep links.
 */
package cn.kangka.bff.webapp;
