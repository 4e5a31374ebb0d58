package cn.kangka.api.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A published file of NDJSON, kept compressed: a hospital's month of bands is some megabytes otherwise.
 *
 * @param tag a fingerprint of what is in it
 */
record BulkFile(byte[] zipped, String tag) {
    private static final int TAG_BYTES = 12;
    private static final int PART = 64 * 1024;

    /** Takes lines as they come. One thread at a time. */
    static final class Writing {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final MessageDigest digest = sha256();
        private final GZIPOutputStream zip;

        Writing() {
            try {
                zip = new GZIPOutputStream(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void add(List<ObjectNode> lines) {
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append(line).append('\n'));
            byte[] part = text.toString().getBytes(StandardCharsets.UTF_8);
            try {
                zip.write(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            digest.update(part);
        }

        BulkFile done() {
            try {
                zip.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new BulkFile(bytes.toByteArray(), HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES));
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** As it lies here, part by part as it is sent. */
    Multi<Buffer> zippedParts() {
        return Multi.createFrom()
                .range(0, (zipped.length + PART - 1) / PART)
                .map(part -> Buffer.buffer(
                        Arrays.copyOfRange(zipped, part * PART, Math.min(zipped.length, (part + 1) * PART))));
    }

    /** Unzipped part by part as it is sent: however slow whoever fetches it is, only a part of it waits in memory. */
    Multi<Buffer> plain() {
        return Multi.createFrom().generator(this::unzipping, (in, parts) -> {
            byte[] part = next(in);
            if (part.length == 0) {
                parts.complete();
            } else {
                parts.emit(Buffer.buffer(part));
            }
            return in;
        });
    }

    private GZIPInputStream unzipping() {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(zipped));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] next(GZIPInputStream in) {
        try {
            return in.readNBytes(PART);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
