package cn.kangka.bff.session;

import cn.kangka.kit.problem.Problems;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Holds {@link FromOurPage}. */
@Provider
@FromOurPage
final class FromOurPageFilter implements ContainerRequestFilter {
    static final String HEADER = "X-Requested-With";
    private static final String OURS = "kangka";

    @Override
    public void filter(ContainerRequestContext request) {
        if (!OURS.equals(request.getHeaderString(HEADER))) {
            throw Problems.of(403, "cross-site");
        }
    }
}
