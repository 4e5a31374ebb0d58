package cn.kangka.kit.audit;

import static cn.kangka.kit.TestDatabase.await;
import static cn.kangka.kit.TestDatabase.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.kit.TestDatabase;
import cn.kangka.kit.audit.AuditChain.Verdict;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final Audit audit = new Audit(TestDatabase.get());
    private final AuditChain chain = new AuditChain(TestDatabase.get());

    @BeforeEach
    void empty() {
        TestDatabase.run("truncate audit_entry, audit_chain");
    }

    @Test
    void every_one_of_a_thousand_parallel_entries_is_durable_when_it_completes() {
        UUID person = UUID.randomUUID();
        List<Uni<Void>> entries = IntStream.range(0, 1_000)
                .mapToObj(i -> audit.record(AuditEntry.allowed("CITIZEN", "a" + i, "report.read", person, "r" + i)))
                .toList();
        await(Uni.join().all(entries).andFailFast());
        assertThat(count("select count(*) from audit_entry where person = '" + person + "'"))
                .isEqualTo(1_000);
    }

    @Test
    void an_entry_can_be_neither_changed_nor_deleted() {
        await(audit.record(AuditEntry.denied("AGENT", "agent1", "report.read", UUID.randomUUID(), null)));
        assertThatThrownBy(() -> TestDatabase.run("update audit_entry set actor = 'somebody else'"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> TestDatabase.run("delete from audit_entry")).hasMessageContaining("append-only");
    }

    @Test
    void the_chain_holds_until_somebody_with_the_keys_to_the_database_alters_an_entry() {
        for (int i = 0; i < 5; i++) {
            await(audit.record(AuditEntry.allowed("CITIZEN", "a" + i, "report.read", UUID.randomUUID(), "r")));
        }
        Awaitility.await().until(() -> await(chain.extend()) >= 0 && count("select count(*) from audit_chain") == 5);
        assertThat(await(chain.verify())).isEqualTo(new Verdict(0, 0, 0));
        TestDatabase.run("alter table audit_entry disable trigger audit_entry_append_only");
        TestDatabase.run(
                "update audit_entry set actor = 'x' where id = (select entry_id from audit_chain where seq = 3)");
        TestDatabase.run("alter table audit_entry enable trigger audit_entry_append_only");
        assertThat(await(chain.verify())).isEqualTo(new Verdict(3, 0, 0));
    }

    @Test
    void a_chain_of_several_pages_is_checked_to_its_end() {
        entries(4_500, "now() - interval '1 hour'");
        while (await(chain.extend()) > 0) {
            // Batch after batch.
        }
        assertThat(count("select count(*) from audit_chain")).isEqualTo(4_500);
        assertThat(await(chain.verify())).isEqualTo(new Verdict(0, 0, 0));

        TestDatabase.run("alter table audit_chain disable trigger audit_chain_append_only");
        TestDatabase.run("delete from audit_chain where seq = 4400");
        TestDatabase.run("alter table audit_chain enable trigger audit_chain_append_only");

        assertThat(await(chain.verify()).brokenAt()).isEqualTo(4_400);
    }

    @Test
    void a_late_entry_is_chained_and_one_that_is_too_late_is_reported() {
        entries(1, "now() - interval '1 minute'");
        assertThat(await(chain.extend())).isEqualTo(1);
        entries(1, "now() - interval '9 minutes'");
        assertThat(await(chain.extend())).as("within the margin").isEqualTo(1);
        entries(1, "now() - interval '3 hours'");
        assertThat(await(chain.extend())).isZero();

        Verdict verdict = await(chain.verify());

        assertThat(verdict).isEqualTo(new Verdict(0, 1, 0));
        assertThat(verdict.whole()).isFalse();
    }

    @Test
    void entries_that_nobody_chains_are_waiting() {
        entries(3, "now() - interval '11 minutes'");

        assertThat(await(chain.verify())).isEqualTo(new Verdict(0, 0, 3));
        assertThat(await(chain.extend())).isEqualTo(3);
        assertThat(await(chain.verify())).isEqualTo(new Verdict(0, 0, 0));
    }

    @Test
    void what_is_new_is_found_by_its_time_however_large_the_audit_is() {
        entries(60_000, "now() - interval '30 days' + g * interval '10 seconds'");
        TestDatabase.run("insert into audit_chain (seq, entry_id, hash)"
                + " select row_number() over (order by at, id), id, '\\x00' from audit_entry");
        TestDatabase.run("analyze audit_entry");
        TestDatabase.run("analyze audit_chain");
        entries(2, "now() - interval '1 minute'");

        String plan = await(TestDatabase.get()
                .pool()
                .preparedQuery("explain " + AuditChain.NEW)
                .execute(Tuple.of(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(10)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .collect(Collectors.joining("\n"))));

        assertThat(plan).contains("ix_audit_entry_at").doesNotContain("Seq Scan");
        assertThat(await(chain.extend())).isEqualTo(2);
    }

    private static void entries(int count, String at) {
        TestDatabase.run("insert into audit_entry (id, at, actor_kind, actor, action, outcome)"
                + " select gen_random_uuid(), " + at + ", 'CITIZEN', 'a' || g, 'report.read', 'ALLOWED'"
                + " from generate_series(1, " + count + ") g");
    }
}
