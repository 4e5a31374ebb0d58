package cn.kangka.sandbox.hl7;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.time.Duration;

/** One MLLP connection over a plain blocking socket. Not for several threads at once. */
public final class MllpClient implements AutoCloseable {
    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int RETURN = 0x0D;

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final Charset charset;

    private MllpClient(Socket socket, Charset charset) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream());
        this.in = new BufferedInputStream(socket.getInputStream());
        this.charset = charset;
    }

    /** Connects, UTF-8. */
    public static MllpClient connect(String host, int port, Duration timeout) throws IOException {
        return connect(host, port, timeout, UTF_8);
    }

    /**
     * Connects.
     *
     * @param timeout for connecting and for each answer
     * @param charset of what is sent and received
     */
    public static MllpClient connect(String host, int port, Duration timeout, Charset charset) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
        socket.setSoTimeout((int) timeout.toMillis());
        return new MllpClient(socket, charset);
    }

    /** Speaks over a connected socket, such as one of TLS; UTF-8. Closes it in the end. */
    public static MllpClient over(Socket socket) throws IOException {
        return new MllpClient(socket, UTF_8);
    }

    /** How long to wait for each answer from now on. */
    public void within(Duration timeout) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
    }

    /** Sends a message and waits for the answer; line feeds become segment ends. */
    public String send(String message) throws IOException {
        post(message);
        return receive();
    }

    /** Sends a message without waiting. */
    public void post(String message) throws IOException {
        String text = message.replace("\r\n", "\r").replace('\n', '\r');
        postRaw(frame(text.getBytes(charset)));
    }

    /** Sends bytes as they are, framed or not. */
    public void postRaw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends bytes in a frame and waits for the answer. */
    public String sendBytes(byte[] message) throws IOException {
        postRaw(frame(message));
        return receive();
    }

    /** Puts the start and end blocks around a message. */
    public static byte[] frame(byte[] message) {
        byte[] frame = new byte[message.length + 3];
        frame[0] = START;
        System.arraycopy(message, 0, frame, 1, message.length);
        frame[message.length + 1] = END;
        frame[message.length + 2] = RETURN;
        return frame;
    }

    /**
     * The next message that comes in.
     *
     * @throws EOFException when the other side closed
     * @throws java.net.SocketTimeoutException when nothing comes in time
     */
    public String receive() throws IOException {
        int next = in.read();
        while (next != START) {
            if (next < 0) {
                throw new EOFException("closed by the other side");
            }
            next = in.read();
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (next = in.read(); next != END; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed within a message");
            }
            message.write(next);
        }
        in.read();
        return message.toString(charset);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
