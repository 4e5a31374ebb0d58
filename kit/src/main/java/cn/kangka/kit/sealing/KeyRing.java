package cn.kangka.kit.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps a service's keys at hand and reads them again every now and then, on a thread of its own. */
final class KeyRing implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KeyRing.class);

    private final KeySource source;
    private final Duration every;
    private final Semaphore wishes = new Semaphore(0);
    private final Thread reading = new Thread(this::readAgain, "kangka-keys");
    private volatile SealingKeys keys;

    /** Reads the keys; there is no service without them. */
    KeyRing(KeySource source, Duration every) {
        this.source = source;
        this.every = every;
        try {
            keys = source.load();
        } catch (IOException e) {
            throw new UncheckedIOException("the sealing keys cannot be read: " + e.getMessage(), e);
        }
        reading.setDaemon(true);
        reading.start();
    }

    SealingKeys keys() {
        return keys;
    }

    /** The key of a number; an unknown one has the keys read again, for the next one who asks. */
    SealingKeys.Key key(int id) {
        SealingKeys.Key key = keys.key(id);
        if (key == null) {
            wishes.release();
            throw new SealingException("unknown sealing key " + id, null);
        }
        return key;
    }

    private void readAgain() {
        try {
            while (true) {
                boolean wished = wishes.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
                wishes.drainPermits();
                LOG.debugf("the keys are read again%s", wished ? " because one was missing" : "");
                refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes new keys, but none by which nothing would be found that was hashed before. */
    private void refresh() {
        try {
            SealingKeys fresh = source.load();
            if (!fresh.finds(keys)) {
                LOG.error("the hash key has changed; the keys are not taken, because nothing would be found by them");
            } else if (!fresh.toString().equals(keys.toString())) {
                LOG.infof("%s", fresh);
                keys = fresh;
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf("the sealing keys cannot be read again: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        reading.interrupt();
    }
}
