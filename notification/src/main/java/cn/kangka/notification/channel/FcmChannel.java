package cn.kangka.notification.channel;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.firebase.messaging.BatchResponse;
import com.google.firebase.messaging.SendResponse;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Push by Firebase Cloud Messaging (HTTP v1), through the Firebase Admin SDK. The SDK works on a bounded pool per lane
 * and is bridged once, here; the collapse key is the notice's id, so that a repetition replaces the first on the screen.
 */
@ApplicationScoped
public class FcmChannel implements Channel {
    public static final String NAME = "FCM";

    private final FcmLanes lanes;
    private final FcmConfig config;
    private final Clock clock;
    private final Gate gate;

    FcmChannel(FcmLanes lanes, FcmConfig config, Clock clock) {
        this.lanes = lanes;
        this.config = config;
        this.clock = clock;
        this.gate = new Gate(clock, config.gate());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String endpointKind() {
        return "fcm";
    }

    @Override
    public Gate gate() {
        return gate;
    }

    @Override
    public int batch() {
        return config.batch();
    }

    @Override
    public Uni<List<Outcome>> send(NoticeClass lane, List<Message> messages) {
        if (!lanes.isConfigured()) {
            return Uni.createFrom().item(Collections.nCopies(messages.size(), new Outcome.Parked("not-configured")));
        }
        List<FcmPayload> payloads = messages.stream()
                .map(each -> FcmPayload.of(each, config, clock))
                .toList();
        List<FcmPayload> fitting = payloads.stream().filter(FcmPayload::fits).toList();
        return fitting.isEmpty()
                ? Uni.createFrom().item(outcomes(payloads, List.of()))
                : sendEach(lane, fitting).map(answers -> outcomes(payloads, answers));
    }

    /** The one bridge from the SDK's futures; the first call of a lane reads a file, so it starts on a worker. */
    private Uni<List<SendResponse>> sendEach(NoticeClass lane, List<FcmPayload> payloads) {
        return Uni.createFrom()
                .item(() -> lanes.of(lane)
                        .sendEachAsync(
                                payloads.stream().map(FcmPayload::message).toList()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(FcmChannel::bridge)
                .map(BatchResponse::getResponses);
    }

    private static <T> Uni<T> bridge(ApiFuture<T> future) {
        return Uni.createFrom()
                .emitter(emitter -> ApiFutures.addCallback(
                        future,
                        new ApiFutureCallback<T>() {
                            @Override
                            public void onFailure(Throwable failure) {
                                emitter.fail(failure);
                            }

                            @Override
                            public void onSuccess(T result) {
                                emitter.complete(result);
                            }
                        },
                        MoreExecutors.directExecutor()));
    }

    private List<Outcome> outcomes(List<FcmPayload> payloads, List<SendResponse> answers) {
        List<Outcome> outcomes = new ArrayList<>(payloads.size());
        int next = 0;
        for (FcmPayload payload : payloads) {
            outcomes.add(payload.fits() ? outcome(answers.get(next++)) : new Outcome.Parked("payload-too-large"));
        }
        return outcomes;
    }

    private Outcome outcome(SendResponse answer) {
        if (answer.isSuccessful()) {
            gate.succeeded();
            return new Outcome.Accepted(answer.getMessageId());
        }
        FcmVerdict verdict = FcmVerdict.of(answer.getException(), clock);
        if (verdict.pause() != null) {
            gate.pause(verdict.pause());
        } else if (verdict.trouble()) {
            gate.failed();
        } else {
            gate.succeeded();
        }
        return verdict.outcome();
    }
}
