package cn.kangka.notification.channel;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/**
 * The way the Firebase SDK reaches FCM: with a fake's address, Google's hosts are replaced by it (the SDK has no
 * endpoint override). Every request goes out exactly once: the SDK would repeat a 503 and a broken connection by itself,
 * on its own thread, though the first may have been delivered; {@link FcmAnswer} keeps it from doing so, because the
 * delivery row owns every retry. Blocking; used on the SDK's own bounded pool only.
 */
final class FcmTransport extends HttpTransport {
    private static final Set<String> MADE_BY_CLIENT = Set.of("host", "content-length", "connection");
    private static final String FCM = "https://fcm.googleapis.com";
    private static final String OAUTH = "https://oauth2.googleapis.com";

    private final URI fake;
    private final Duration timeout;
    private final HttpClient client;

    FcmTransport(URI fake, Duration timeout) {
        this.fake = fake;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .version(fake == null ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public boolean supportsMethod(String method) {
        return true;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Request(method, rewritten(url));
    }

    private URI rewritten(String url) {
        if (fake == null) {
            return URI.create(url);
        }
        for (String host : new String[] {FCM, OAUTH}) {
            if (url.startsWith(host)) {
                return URI.create(fake + url.substring(host.length()));
            }
        }
        throw new IllegalArgumentException("not an address that the fake stands for");
    }

    private final class Request extends LowLevelHttpRequest {
        private final String method;
        private final HttpRequest.Builder builder;

        private Request(String method, URI uri) {
            this.method = method;
            this.builder = HttpRequest.newBuilder(uri).timeout(timeout);
        }

        @Override
        public void addHeader(String name, String value) {
            if (!MADE_BY_CLIENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                builder.header(name, value);
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            builder.method(method, body());
            try {
                return FcmAnswer.of(client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("stopped while waiting for FCM");
            } catch (IOException e) {
                return FcmAnswer.none();
            }
        }

        private HttpRequest.BodyPublisher body() throws IOException {
            if (getStreamingContent() == null) {
                return HttpRequest.BodyPublishers.noBody();
            }
            if (getContentType() != null) {
                addHeader("Content-Type", getContentType());
            }
            if (getContentEncoding() != null) {
                addHeader("Content-Encoding", getContentEncoding());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            getStreamingContent().writeTo(bytes);
            return HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray());
        }
    }
}
