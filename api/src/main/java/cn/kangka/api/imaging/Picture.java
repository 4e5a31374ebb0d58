package cn.kangka.api.imaging;

import io.smallrye.mutiny.Multi;

/**
 * A picture on its way.
 *
 * @param type {@code image/jpeg} or {@code image/png}
 */
record Picture(String type, Multi<byte[]> bytes) {}
