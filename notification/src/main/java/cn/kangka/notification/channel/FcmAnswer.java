package cn.kangka.notification.channel;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer of FCM for the SDK. A 503 gets a {@code Retry-After} of a day, at which the SDK gives up at once instead of
 * repeating; the provider's own wish stays readable as {@link #WISH}.
 */
final class FcmAnswer extends LowLevelHttpResponse {
    /** The header that keeps the provider's own {@code Retry-After}. */
    static final String WISH = "x-kangka-retry-after";

    private static final int UNAVAILABLE = 503;
    private static final String A_DAY = "86400";
    private static final String NONE = """
            {"error":{"code":503,"message":"no answer","status":"UNAVAILABLE"}}""";

    private record Header(String name, String value) {}

    private final int status;
    private final List<Header> headers;
    private final byte[] body;

    private FcmAnswer(int status, List<Header> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static FcmAnswer of(HttpResponse<byte[]> response) {
        List<Header> headers = new ArrayList<>();
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> headers.add(
                        isRetryAfter(name)
                                ? new Header(WISH, value)
                                : new Header(name.toLowerCase(Locale.ROOT), value))));
        if (response.statusCode() == UNAVAILABLE) {
            headers.add(new Header("retry-after", A_DAY));
        }
        return new FcmAnswer(response.statusCode(), headers, response.body());
    }

    /** What stands for a broken connection or a time-out: the message may or may not have been taken. */
    static FcmAnswer none() {
        return new FcmAnswer(
                UNAVAILABLE,
                List.of(new Header("content-type", "application/json"), new Header("retry-after", A_DAY)),
                NONE.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isRetryAfter(String name) {
        return name.equalsIgnoreCase("retry-after");
    }

    private String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse(null);
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public String getContentEncoding() {
        return header("content-encoding");
    }

    @Override
    public long getContentLength() {
        return body.length;
    }

    @Override
    public String getContentType() {
        return header("content-type");
    }

    @Override
    public String getStatusLine() {
        return "HTTP/1.1 " + status;
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public String getReasonPhrase() {
        return null;
    }

    @Override
    public int getHeaderCount() {
        return headers.size();
    }

    @Override
    public String getHeaderName(int index) {
        return headers.get(index).name();
    }

    @Override
    public String getHeaderValue(int index) {
        return headers.get(index).value();
    }
}
