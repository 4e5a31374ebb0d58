package cn.kangka.api.testing;

import cn.kangka.kit.id.Ids;
import cn.kangka.kit.sealing.Sealer;
import cn.kangka.sandbox.testing.TestTokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** People with accounts, put there without the ceremony of logging in. */
@ApplicationScoped
public class Patients {
    private final Pool pool;
    private final Sealer sealer;

    Patients(Pool pool, Sealer sealer) {
        this.pool = pool;
        this.sealer = sealer;
    }

    public record Patient(UUID person, UUID account, String token) {}

    /** An adult at level 2. */
    public Patient adult() {
        return adults(1).get(0);
    }

    public List<Patient> adults(int count) {
        return born(LocalDate.of(1980, 1, 1), 2, count);
    }

    public Patient child() {
        return born(LocalDate.now(ZoneId.of("Asia/Shanghai")).minusYears(10), 2, 1)
                .get(0);
    }

    /** Logged in, and nothing proven: no such account is bound to anybody. */
    public Patient nobody() {
        UUID account = Ids.next();
        pool.preparedQuery("insert into account (id, phone_hash, phone) values ($1, $2, $3)")
                .execute(Tuple.of(
                        account,
                        Buffer.buffer(sealer.hash("phone", account.toString())),
                        Buffer.buffer(sealer.seal("phone", account.toString()))))
                .await()
                .indefinitely();
        return new Patient(null, account, TestTokens.citizen(account, 0));
    }

    private List<Patient> born(LocalDate birth, int level, int count) {
        List<Patient> patients = IntStream.range(0, count)
                .mapToObj(i -> {
                    UUID account = Ids.next();
                    return new Patient(Ids.next(), account, TestTokens.citizen(account, level));
                })
                .toList();
        pool.preparedQuery("insert into person (id, version, status, sex, birth_date) values ($1, 1, 'ACTIVE',"
                        + " 'FEMALE', $2)")
                .executeBatch(patients.stream()
                        .map(each -> Tuple.of(each.person(), birth))
                        .toList())
                .await()
                .indefinitely();
        pool.preparedQuery("insert into account (id, phone_hash, phone, person, level) values ($1, $2, $3, $4, $5)")
                .executeBatch(
                        patients.stream().map(each -> account(each, level)).toList())
                .await()
                .indefinitely();
        return patients;
    }

    /** A hospital has seen somebody: they can read a report of it. */
    public void reportedOn(Patient patient, String hospital, Instant at) {
        UUID identity = Ids.next();
        OffsetDateTime issued = at.minus(Duration.ofDays(30)).atOffset(ZoneOffset.UTC);
        pool.preparedQuery("insert into identity (id, source, person, link_version) values ($1, $2, $3, 1)")
                .execute(Tuple.of(identity, hospital, patient.person()))
                .chain(() -> pool.preparedQuery(
                                "insert into report (id, identity, source, number_hash, version, status,"
                                        + " title, hospital, issued_at, received_at, abnormal, fingerprint, release_rule,"
                                        + " released_at, listed) values ($1, $2, $3, $4, 1, 'FINAL', '血常规', '医院', $5, $5, 0, $4,"
                                        + " 'record.normal', $5, true)")
                        .execute(Tuple.of(Ids.next(), identity, hospital, Buffer.buffer(identity.toString()), issued)))
                .await()
                .indefinitely();
    }

    private Tuple account(Patient patient, int level) {
        String phone = "1" + Math.floorMod(patient.account().getLeastSignificantBits(), 10_000_000_000L);
        return Tuple.of(
                patient.account(),
                Buffer.buffer(sealer.hash("phone", phone)),
                Buffer.buffer(sealer.seal("phone", phone)),
                patient.person(),
                level);
    }
}
