package cn.kangka.api.referral;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Writes referrals, and moves those that it has locked. */
@ApplicationScoped
class ReferralChangeStore {
    private static final String INSERT = """
            insert into referral (id, person, from_source, to_source, department_id, practitioner_id, direction, urgency,
                reason, preferred_from, preferred_to, status, consent, consent_at, appointment, number_hash, made_at,
                made_by_kind, made_by, changed_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, case when $13 = 'PAPER' then $16::timestamptz end,
                $14, $15, $16, $17, $18, $16, $19)
            on conflict on constraint uq_referral_number do nothing
            """;
    private static final String ENDED = """
            select r.id, r.person, r.from_source, r.to_source, r.status, r.consent, r.appointment,
                a.status as visit_status,
                (select n.id from appointment n where n.moved_from = a.id and n.kind = 'REFERRAL'
                    and n.hospital = r.to_source) as moved
            from referral r join appointment a on a.id = r.appointment
            where r.status = 'BOOKED' and a.status <> 'BOOKED'
            """;
    private static final String REPLACED = """
            select r.id, r.person, r.from_source, r.to_source, r.status, r.consent, coalesce(n.came, r.appointment) as appointment,
                n.visit_status, n.moved
            from referral r cross join lateral (
                select null::uuid as came, a.status as visit_status, a.id as moved from appointment a
                where a.moved_from = r.let_go and a.kind = 'REFERRAL' and a.hospital = r.to_source
                union all
                select a.id, a.status, null from appointment a
                where a.id = r.let_go and a.status in ('CHECKED_IN', 'COMPLETED')) n
            where r.status = 'ACCEPTED' and r.let_go is not null
            """;

    private final ReferralTexts texts;

    ReferralChangeStore(ReferralTexts texts) {
        this.texts = texts;
    }

    /**
     * A referral to write.
     *
     * @param number the referring system's own; null without one
     */
    record New(
            UUID id,
            UUID person,
            String from,
            ReferralRequest request,
            ReferralStatus status,
            Consent consent,
            UUID appointment,
            String number,
            String byKind,
            String by,
            OffsetDateTime at,
            OffsetDateTime expiresAt) {
        @Override
        public String toString() {
            return "referral " + id;
        }
    }

    /** Writes it; false when one with that number is there. */
    Uni<Boolean> add(SqlConnection tx, New made) {
        ReferralRequest request = made.request();
        return tx.preparedQuery(INSERT)
                .execute(Tuple.tuple(Arrays.asList(
                        made.id(),
                        made.person(),
                        made.from(),
                        request.toHospital(),
                        request.toDepartment(),
                        request.toDoctor(),
                        request.direction().name(),
                        request.urgency().name(),
                        texts.sealed(new ReferralView.Reason(
                                request.icd10(), request.reason().strip())),
                        request.preferredFrom(),
                        request.preferredTo(),
                        made.status().name(),
                        made.consent().name(),
                        made.appointment(),
                        texts.hash(made.number()),
                        made.at(),
                        made.byKind(),
                        made.by(),
                        made.expiresAt())))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Reports that go with it. */
    Uni<Void> document(SqlConnection tx, UUID referral, List<UUID> reports) {
        return tx.preparedQuery("insert into referral_document (referral, position, report)"
                        + " select $1::uuid, w.place, w.report from unnest($2::uuid[]) with ordinality w(report, place)"
                        + " on conflict on constraint uq_referral_document_report do nothing")
                .execute(Tuple.of(referral, reports.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Remembers a state and who made it so. */
    Uni<Void> step(
            SqlConnection tx, UUID referral, ReferralStatus status, String byKind, String by, OffsetDateTime at) {
        return tx.preparedQuery(
                        "insert into referral_step (referral, position, status, at, by_kind, by_id)"
                                + " select $1::uuid, count(*) + 1, $2::text, $3::timestamptz, $4::text, $5::text from referral_step where referral = $1")
                .execute(Tuple.of(referral, status.name(), at, byKind, by))
                .replaceWithVoid();
    }

    /** The referral, with its person's lock and its own row's, in this order; null when there is none. */
    Uni<Referral> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery("select lock_person(person) from referral where id = $1")
                .execute(Tuple.of(id))
                .chain(() -> tx.preparedQuery("select id, person, from_source, to_source, status, consent, appointment"
                                + " from referral where id = $1 for no key update")
                        .execute(Tuple.of(id)))
                .map(rows -> ReferralStore.first(rows, ReferralChangeStore::referral));
    }

    /** The referral with this number of a referring system; null when there is none. */
    Uni<UUID> byNumber(SqlConnection tx, String from, String number) {
        return tx.preparedQuery("select id from referral where from_source = $1 and number_hash = $2")
                .execute(Tuple.of(from, texts.hash(number)))
                .map(rows -> ReferralStore.first(rows, row -> row.getUUID(0)));
    }

    /** Moves a locked one; texts are kept sealed, {@code expiresAt} null keeps what is. */
    Uni<Void> move(
            SqlConnection tx,
            UUID id,
            ReferralPolicy.Act act,
            UUID appointment,
            String text,
            OffsetDateTime now,
            OffsetDateTime expiresAt) {
        boolean reply = act == ReferralPolicy.Act.REPORT_BACK;
        return tx.preparedQuery("update referral set status = $2, appointment = $3, changed_at = $4,"
                        + " let_go = case when $2 = 'ACCEPTED' then appointment end,"
                        + " expires_at = coalesce($5, expires_at), answer = coalesce($6, answer), reply = coalesce($7, reply)"
                        + " where id = $1")
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        act.to().name(),
                        appointment,
                        now,
                        expiresAt,
                        reply ? null : texts.sealed(text),
                        reply ? texts.sealed(text) : null)))
                .replaceWithVoid();
    }

    Uni<Void> rebook(SqlConnection tx, UUID id, UUID appointment) {
        return tx.preparedQuery("update referral set appointment = $2 where id = $1")
                .execute(Tuple.of(id, appointment))
                .replaceWithVoid();
    }

    Uni<Void> consent(SqlConnection tx, UUID id, Consent consent, OffsetDateTime now) {
        return tx.preparedQuery("update referral set consent = $2, consent_at = $3 where id = $1")
                .execute(Tuple.of(id, consent.name(), now))
                .replaceWithVoid();
    }

    /** Booked ones whose booking is over, or became another one; locked, and what is in use left to the next round. */
    Uni<List<Ended>> ended(SqlConnection tx, int most) {
        return tx.preparedQuery(ENDED + " order by r.id limit $1 for no key update of r skip locked")
                .execute(Tuple.of(most))
                .map(rows -> ReferralStore.all(rows, ReferralChangeStore::ended));
    }

    /**
     * Those that have no booking any more, but what was kept instead of the one that was stopped is taken by now, or the person came
     * after all to the one that was called missed; likewise.
     */
    Uni<List<Ended>> replaced(SqlConnection tx, int most) {
        return tx.preparedQuery(REPLACED + " order by r.id limit $1 for no key update of r skip locked")
                .execute(Tuple.of(most))
                .map(rows -> ReferralStore.all(rows, ReferralChangeStore::ended));
    }

    /** Either of one that is locked, with its person; null when its booking stands, or it has none. */
    Uni<Ended> ended(SqlConnection tx, UUID id) {
        return tx.preparedQuery(ENDED + " and r.id = $1 union all " + REPLACED + " and r.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> ReferralStore.first(rows, ReferralChangeStore::ended));
    }

    private static Ended ended(Row row) {
        return new Ended(referral(row), row.getString("visit_status"), row.getUUID("moved"));
    }

    /**
     * A referral whose booking is no longer one; {@code moved} is the booking that replaced it. One that the person moved to
     * where they were not referred is not: it is none of the two institutions' business.
     */
    record Ended(Referral referral, String visit, UUID moved) {}

    /** Open ones whose time is over; locked. */
    Uni<List<Referral>> expired(SqlConnection tx, OffsetDateTime now, int most) {
        return tx.preparedQuery("select id, person, from_source, to_source, status, consent, appointment from referral"
                        + " where status in ('REQUESTED', 'ACCEPTED') and expires_at <= $1 order by expires_at limit $2"
                        + " for no key update skip locked")
                .execute(Tuple.of(now, most))
                .map(rows -> ReferralStore.all(rows, ReferralChangeStore::referral));
    }

    /** A merged-away person's referrals are the survivor's. */
    Uni<Void> rehome(SqlConnection tx, UUID loser, UUID survivor) {
        return tx.preparedQuery(
                        "update referral set person = $2, merged_from = merged_from || $1::uuid where person = $1")
                .execute(Tuple.of(loser, survivor))
                .replaceWithVoid();
    }

    /** Gives them back when the merge is undone. */
    Uni<Void> giveBack(SqlConnection tx, UUID revived) {
        return tx.preparedQuery("update referral set person = $1, merged_from = trim_array(merged_from, 1)"
                        + " where merged_from <> '{}' and merged_from[cardinality(merged_from)] = $1")
                .execute(Tuple.of(revived))
                .replaceWithVoid();
    }

    static Referral referral(Row row) {
        return new Referral(
                row.getUUID("id"),
                row.getUUID("person"),
                row.getString("from_source"),
                row.getString("to_source"),
                ReferralStatus.valueOf(row.getString("status")),
                Consent.valueOf(row.getString("consent")),
                row.getUUID("appointment"));
    }
}
