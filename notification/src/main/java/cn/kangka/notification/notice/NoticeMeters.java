package cn.kangka.notification.notice;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Figures of the intake per class. */
@ApplicationScoped
class NoticeMeters {
    private final MeterRegistry meters;

    NoticeMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void accepted(List<Prepared> prepared, Map<String, NoticeStore.Written> written) {
        for (Prepared each : prepared) {
            NoticeStore.Written result = written.get(each.request().key());
            meters.counter(
                            "kangka.notices",
                            "class",
                            each.request().noticeClass().name(),
                            "result",
                            result == null ? "known" : result.replaced() ? "replaced" : "new")
                    .increment();
        }
    }
}
