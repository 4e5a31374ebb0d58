package cn.kangka.empi.hospital;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Certificates;
import cn.kangka.empi.testing.Lines;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.testing.RegionResource;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Who may speak on which line: ports and certificates of senders. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(value = Lines.class, restrictToAnnotatedClass = true)
class LineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String NOT_THEIRS = "MSH^1^4";

    @Inject
    Region region;

    @Inject
    MllpServer server;

    @Inject
    Intake intake;

    @Inject
    MllpPeers peers;

    @Inject
    ObjectMapper json;

    @Inject
    TlsConfigurationRegistry keys;

    @Inject
    Event<CertificateUpdatedEvent> renewals;

    @Test
    void a_sender_identifies_itself_by_a_certificate() throws Exception {
        Path byName = Lines.authority().issue("his.l001.test", "other.test");
        Path byDnsName = Lines.authority().issue("somebody", "his.l001.test");
        assertThat(verdict(secure(byName, message("L001", "A1")))).isEqualTo("AA");
        assertThat(verdict(secure(byDnsName, message("L001", "A2")))).isEqualTo("AA");
        assertRefused(secure(byName, message("L002", "A3")), NOT_THEIRS);
        assertRefused(secure(byName, message("H001", "A4")), NOT_THEIRS);
    }

    @Test
    void whom_msh_does_not_name_the_only_owner_of_a_certificate_is_meant() throws Exception {
        Path own = Lines.authority().issue("his.l001.test", "other.test");
        Hl7Message answer = secure(own, message("L001", "A5").replace("|HIS|L001|", "|Some App|Some Place|"));
        assertThat(verdict(answer)).isEqualTo("AA");
        assertThat(sourceOf(answer)).isEqualTo("L001");
    }

    @Test
    void several_senders_may_share_a_certificate() throws Exception {
        Path shared = Lines.authority().issue("line.test", "other.test");
        assertThat(sourceOf(secure(shared, message("L002", "B1")))).isEqualTo("L002");
        assertThat(sourceOf(secure(shared, message("L003", "B2")))).isEqualTo("L003");
        assertRefused(secure(shared, message("L003", "B3").replace("|HIS|L003|", "|Some App|L003|")), "MSH^1^3");
    }

    @Test
    void without_its_certificate_nothing_is_taken_of_it_until_it_comes_again_with_it() throws Exception {
        String message = message("L001", "C1");
        String charts = "select id from identity where source = 'L001'";
        int before = region.rows(charts).size();
        assertRefused(region.send(message), NOT_THEIRS);
        assertThat(region.rows(charts)).hasSize(before);
        Path own = Lines.authority().issue("his.l001.test", "other.test");
        Hl7Message taken = secure(own, message);
        assertThat(verdict(taken)).isEqualTo("AA");
        assertThat(sourceOf(taken)).isEqualTo("L001");
        assertThat(region.rows(charts)).hasSize(before + 1);
        assertRefused(region.send(message), NOT_THEIRS);
        assertThat(stateOf(taken)).isEqualTo("ACCEPTED");
    }

    @Test
    void a_message_that_is_taken_up_again_is_still_of_whom_it_came_from() throws Exception {
        Path own = Lines.authority().issue("his.l001.test", "other.test");
        Hl7Message taken = secure(own, message("L001", "D1").replace("|HIS|L001|", "|Some App|Some Place|"));
        Hl7Message refused = region.send(message("L001", "D2"));
        for (Hl7Message answer : new Hl7Message[] {taken, refused}) {
            region.rows(
                    "update message set state = 'RECEIVED', handled_at = null, received_at = received_at - interval '1 h'"
                            + " where control_id = $1 returning id",
                    controlId(answer));
        }
        intake.resume().await().atMost(PATIENCE);
        assertThat(stateOf(taken)).isEqualTo("ACCEPTED");
        assertThat(stateOf(refused)).isEqualTo("REFUSED");
    }

    @Test
    void a_certificate_of_nobody_here_gets_no_connection() {
        Path nobody = Lines.authority().issue("his.l999.test", "other.test");
        Path stranger = Lines.strangers().issue("his.l001.test", "other.test");
        for (Path key : new Path[] {nobody, stranger, null}) {
            assertThatThrownBy(() -> secure(key, message("L001", "E1"))).isInstanceOf(IOException.class);
        }
        assertThat(region.rows("select 1 from message where source = 'L001' and control_id = 'E1'"))
                .isEmpty();
    }

    @Test
    void a_port_of_its_own_identifies_a_sender() throws Exception {
        assertThat(sourceOf(plain(message("L004", "F1")))).isEqualTo("L004");
        assertThat(sourceOf(plain(message("L004", "F2").replace("|HIS|L004|", "|Some App||"))))
                .isEqualTo("L004");
        assertRefused(plain(message("H001", "F3")), NOT_THEIRS);
        assertRefused(region.send(message("L004", "F4")), NOT_THEIRS);
    }

    @Test
    void a_port_of_its_own_may_ask_for_a_certificate() throws Exception {
        Path own = Lines.authority().issue("his.l005.test", "other.test");
        Path others = Lines.authority().issue("his.l001.test", "other.test");
        assertThat(sourceOf(secure(own, Lines.securePort(), message("L005", "G1"))))
                .isEqualTo("L005");
        assertThatThrownBy(() -> secure(others, Lines.securePort(), message("L005", "G2")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void renewed_keys_are_those_of_the_next_connection() throws Exception {
        Path own = Lines.authority().issue("his.l001.test", "other.test");
        BigInteger before = serverCertificate(own);
        Lines.authority().issue("empi", "localhost");
        TlsConfiguration tls = keys.get("mllp").orElseThrow();
        assertThat(tls.reload()).isTrue();
        renewals.fire(new CertificateUpdatedEvent("mllp", tls));
        BigInteger now = before;
        Instant end = Instant.now().plus(PATIENCE);
        while (now.equals(before) && Instant.now().isBefore(end)) {
            try {
                now = serverCertificate(own);
            } catch (IOException e) {
                // while its keys change it takes no connection
                Thread.sleep(20);
            }
        }
        assertThat(now).isNotEqualTo(before);
        assertThatThrownBy(() -> secure(null, message("L001", "H1"))).isInstanceOf(IOException.class);
        assertThat(verdict(secure(own, message("L001", "H2")))).isEqualTo("AA");
    }

    @Test
    void a_hospital_that_listens_with_tls_is_told_over_it_and_must_be_whom_its_certificate_names() throws Exception {
        Certificates strangers = Lines.strangers();
        Path named = Lines.authority().issue("receiver.test", "localhost");
        Path other = Lines.authority().issue("receiver-elsewhere.test", "elsewhere.test");
        Path stranger = strangers.issue("receiver-stranger.test", "localhost");
        assertThat(toldOverTls(Lines.authority(), named)).isEqualTo("MSH|heard");
        for (SSLContext wrong : List.of(Lines.authority().context(other), strangers.context(stranger))) {
            assertThatThrownBy(() -> toldOverTls(wrong)).hasMessageContaining("not reached");
        }
    }

    private String toldOverTls(Certificates authority, Path key) throws Exception {
        return toldOverTls(authority.context(key));
    }

    /** Sends a message to a listener that asks for a certificate of ours; its answer. */
    private String toldOverTls(SSLContext listening) throws Exception {
        try (SSLServerSocket listener =
                (SSLServerSocket) listening.getServerSocketFactory().createServerSocket(0)) {
            listener.setNeedClientAuth(true);
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerOnce(listener));
            Source hospital = json.readValue(
                    "{\"id\":\"L006\",\"mllpHost\":\"localhost\",\"mllpTls\":true,\"mllpPort\":"
                            + listener.getLocalPort() + "}",
                    Source.class);
            byte[] answer = peers.of(hospital, "hospital:L006")
                    .exchange(Wire.frame(hospital, "MSH|told"), bytes -> bytes)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            answered.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new String(answer, StandardCharsets.UTF_8);
        }
    }

    private static void answerOnce(SSLServerSocket listener) {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            while (in.read() != 0x1C) {
                // up to the end of the frame
            }
            socket.getOutputStream().write("\u000BMSH|heard\u001C\r".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BigInteger serverCertificate(Path key) throws IOException {
        try (SSLSocket socket = connected(key, server.tlsPort())) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }

    private Hl7Message secure(Path key, String message) throws IOException {
        return secure(key, server.tlsPort(), message);
    }

    private static Hl7Message secure(Path key, int port, String message) throws IOException {
        try (MllpClient client = MllpClient.over(connected(key, port))) {
            return Hl7Message.of(client.send(message));
        }
    }

    private static SSLSocket connected(Path key, int port) throws IOException {
        Certificates trusted = Lines.authority();
        SSLSocket socket = (SSLSocket) trusted.context(key).getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return socket;
    }

    private static Hl7Message plain(String message) throws IOException {
        try (MllpClient client = MllpClient.connect("localhost", Lines.plainPort(), PATIENCE)) {
            return Hl7Message.of(client.send(message));
        }
    }

    private static String message(String source, String chart) {
        return Adt.register(source, "A28", chart, Adt.residentId("19900101"), "线路" + chart, "19900101", Adt.phone());
    }

    private static void assertRefused(Hl7Message answer, String location) {
        assertThat(verdict(answer)).isEqualTo("AR");
        assertThat(answer.segment("ERR").orElseThrow().rawField(2)).isEqualTo(location);
    }

    private static String verdict(Hl7Message answer) {
        return Region.verdict(answer);
    }

    private static String controlId(Hl7Message answer) {
        return answer.segment("MSA").orElseThrow().value(2);
    }

    private String sourceOf(Hl7Message answer) {
        return region.rows("select source from message where control_id = $1", controlId(answer))
                .get(0)
                .getString(0);
    }

    private String stateOf(Hl7Message answer) {
        return region.rows("select state from message where control_id = $1", controlId(answer))
                .get(0)
                .getString(0);
    }
}
