/**
 * A browser's login. The refresh token never reaches a script: it lives in a cookie that is HttpOnly, SameSite=Strict and
 * bound to {@code /session}; the access token lives in the page's memory. Every call needs a header that no other site
 * can send without being asked first (CSRF). Nothing is kept here: the session is api's.
 */
package cn.kangka.bff.session;
