package cn.kangka.kit.caching;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * {@code Cache-Control: no-store} (RFC 9111) on every answer to somebody who said who they are, and on every answer to a
 * request that does something (a login's holds tokens). An answer that says otherwise keeps its word.
 */
@Provider
public class NoStoreFilter implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean personal = request.getHeaderString(HttpHeaders.AUTHORIZATION) != null
                || request.getHeaderString(HttpHeaders.COOKIE) != null;
        boolean acts =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        if ((personal || acts) && !response.getHeaders().containsKey(HttpHeaders.CACHE_CONTROL)) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
