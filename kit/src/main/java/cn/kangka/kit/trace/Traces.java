package cn.kangka.kit.trace;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** The W3C trace context of a request, carried over hops that OpenTelemetry does not see (outbox rows, MLLP). */
public final class Traces {
    private static final String VERSION = "00";
    private static final int PARTS = 4;

    private Traces() {}

    /** The current {@code traceparent}; null outside any trace. */
    public static String current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? String.join(
                        "-",
                        VERSION,
                        span.getTraceId(),
                        span.getSpanId(),
                        span.getTraceFlags().asHex())
                : null;
    }

    /** The current trace id, 32 hex digits; all zeros outside any trace. */
    public static String currentId() {
        return Span.current().getSpanContext().getTraceId();
    }

    /**
     * Runs work as a span of the trace that {@code traceparent} names, or of a new one when it is null or malformed.
     * Call it on a duplicated Vert.x context, where OpenTelemetry keeps its context and the log its trace id.
     */
    @SuppressWarnings("MustBeClosedChecker") // The scope spans an asynchronous chain; the chain's end closes it.
    public static <T> Uni<T> within(String traceparent, String name, SpanKind kind, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Span span = GlobalOpenTelemetry.getTracer("kangka")
                    .spanBuilder(name)
                    .setSpanKind(kind)
                    .setParent(parent(traceparent))
                    .startSpan();
            Scope scope = span.makeCurrent();
            return Uni.createFrom()
                    .deferred(work::get)
                    .onFailure()
                    .invoke(span::recordException)
                    .eventually(() -> {
                        span.end();
                        scope.close();
                    });
        });
    }

    private static Context parent(String traceparent) {
        String[] parts = traceparent == null ? new String[0] : traceparent.split("-");
        if (parts.length != PARTS) {
            return Context.root();
        }
        SpanContext remote = SpanContext.createFromRemoteParent(
                parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
        return remote.isValid() ? Context.root().with(Span.wrap(remote)) : Context.root();
    }
}
