package cn.kangka.bff.backend;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body, and gives up as soon as it is larger than it may be. */
final class BoundedBody {
    private BoundedBody() {}

    /** The body, empty when there is none; fails when it exceeds {@code limit} bytes, announced or not. */
    static Future<Buffer> read(HttpServerRequest request, long limit) {
        Promise<Buffer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > limit) {
                read.tryFail("larger than " + limit);
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(read::tryFail);
        request.endHandler(end -> read.tryComplete(body));
        request.resume();
        return read.future();
    }
}
