package cn.kangka.notification.channel;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** One Firebase app per lane, so that a campaign's messages never queue before an urgent one. */
@ApplicationScoped
class FcmLanes {
    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/firebase.messaging");
    private static final AccessToken FOR_THE_FAKE = new AccessToken("sandbox", null);

    private final FcmConfig config;
    private final Map<NoticeClass, FirebaseApp> apps = new EnumMap<>(NoticeClass.class);

    FcmLanes(FcmConfig config) {
        this.config = config;
    }

    /** Whether there is anybody to talk to: a fake or a credential. */
    boolean isConfigured() {
        return config.url().isPresent() || config.credentials().isPresent();
    }

    /** Reads the credential file at first use: call it on a worker. */
    synchronized FirebaseMessaging of(NoticeClass lane) {
        return FirebaseMessaging.getInstance(apps.computeIfAbsent(lane, this::start));
    }

    private FirebaseApp start(NoticeClass lane) {
        String name = lane.name().toLowerCase(Locale.ROOT);
        FcmTransport transport = new FcmTransport(config.url().orElse(null), config.timeout());
        FirebaseOptions options = FirebaseOptions.builder()
                .setCredentials(credentials(transport))
                .setProjectId(config.project())
                .setHttpTransport(transport)
                .setThreadManager(new FcmThreads(name, config.threads()))
                .build();
        return FirebaseApp.initializeApp(options, "kangka-" + name + "-" + UUID.randomUUID());
    }

    private GoogleCredentials credentials(FcmTransport transport) {
        Path file = config.credentials().orElse(null);
        if (file == null) {
            return GoogleCredentials.create(FOR_THE_FAKE);
        }
        try (InputStream content = Files.newInputStream(file)) {
            return GoogleCredentials.fromStream(content, () -> transport).createScoped(SCOPES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the FCM credential " + file, e);
        }
    }

    @PreDestroy
    synchronized void stop() {
        apps.values().forEach(FirebaseApp::delete);
        apps.clear();
    }
}
