package cn.kangka.api.draw;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What time does to draws. Several replicas may run it at once; who enters opens a draw that nobody has opened yet. */
@ApplicationScoped
class DrawJobs {
    private final Drawing drawing;
    private final DrawNews news;

    DrawJobs(Drawing drawing, DrawNews news) {
        this.drawing = drawing;
        this.news = news;
    }

    @Scheduled(every = "{kangka.draw.every:10s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> draw() {
        return drawing.run();
    }

    @Scheduled(every = "{kangka.draw.count-every:1m}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return drawing.count();
    }

    @Scheduled(every = "{kangka.draw.news-every:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tell() {
        return news.tell();
    }
}
