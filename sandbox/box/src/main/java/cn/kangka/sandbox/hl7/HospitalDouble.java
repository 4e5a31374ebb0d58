package cn.kangka.sandbox.hl7;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A hospital that listens on a real socket, keeps what it receives and answers as it is told. It may go down and come
 * back on the same port. A thread per connection; for tests and simulations of a few connections.
 */
public final class HospitalDouble implements AutoCloseable {
    private static final int BIND_TRIES = 100;
    private static final long BIND_PAUSE_NANOS = 50_000_000;

    private final Charset charset;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile UnaryOperator<String> answers = Answers.accept();
    private ServerSocket server;
    private int port;

    private HospitalDouble(int port, Charset charset) {
        this.port = port;
        this.charset = charset;
    }

    /** Listens on the loopback address; port 0 takes a free one. It accepts everything until told otherwise. */
    public static HospitalDouble start(int port, Charset charset) {
        HospitalDouble hospital = new HospitalDouble(port, charset);
        hospital.comeUp();
        return hospital;
    }

    /** On a free port, in UTF-8. */
    public static HospitalDouble start() {
        return start(0, StandardCharsets.UTF_8);
    }

    public int port() {
        return port;
    }

    /** From now on answers so; a null answer is silence. See {@link Answers}. */
    public void answer(UnaryOperator<String> decision) {
        answers = decision;
    }

    /** Everything received so far, in order, repeated deliveries included. */
    public List<String> received() {
        return List.copyOf(received);
    }

    /** Forgets what was received. */
    public void forget() {
        received.clear();
    }

    /** Stops listening and drops every connection. */
    public synchronized void goDown() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens again on the same port, as soon as the system gives it back: closed connections may hold it a moment. */
    public synchronized void comeUp() {
        for (int tries = 1; ; tries++) {
            try {
                server = listening(port);
                port = server.getLocalPort();
                daemon(() -> accept(server));
                return;
            } catch (IOException e) {
                if (tries == BIND_TRIES) {
                    throw new UncheckedIOException(e);
                }
                LockSupport.parkNanos(BIND_PAUSE_NANOS);
            }
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return; // Closed: the hospital is down.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (String message = next(in); message != null; message = next(in)) {
                received.add(message);
                String answer = answers.apply(message);
                if (answer != null) {
                    MllpFrames.write(connection.getOutputStream(), answer, charset);
                }
            }
        } catch (IOException e) {
            // The peer went away; it connects again when it wants to.
        } finally {
            connections.remove(connection);
        }
    }

    private String next(InputStream in) throws IOException {
        return MllpFrames.read(in, charset);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "hospital-double");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        goDown();
    }
}
