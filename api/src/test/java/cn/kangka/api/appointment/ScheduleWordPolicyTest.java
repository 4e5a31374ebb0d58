package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.HospitalAnswerPolicy.Outcome;
import cn.kangka.api.appointment.ScheduleWordPolicy.Effect;
import cn.kangka.api.appointment.ScheduleWordPolicy.Moment;
import cn.kangka.api.appointment.ScheduleWordPolicy.Word;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every pair of a booking's state and a hospital's word, written out. */
class ScheduleWordPolicyTest {
    /** Once the visit has begun; ACCEPT, MOVE, REFUSE, MISS, COMPLETE, WITHDRAW, or - for nothing. */
    private static final String[][] TABLE = {
        //           BOOKED      OTHER_TIME  CANCELLED  NO_SHOW  FULFILLED   PENDING
        {"BOOKED", "ACCEPT", "MOVE", "REFUSE", "MISS", "COMPLETE", "-"},
        {"CHECKED_IN", "-", "-", "-", "-", "COMPLETE", "-"},
        {"COMPLETED", "-", "-", "-", "-", "-", "-"},
        {"MISSED", "-", "-", "-", "MISS", "COMPLETE", "-"},
        {"CANCELLED", "-", "-", "-", "-", "-", "-"},
        {"REFUSED", "WITHDRAW", "WITHDRAW", "-", "-", "-", "-"},
        {"STOPPED", "-", "-", "-", "-", "-", "-"},
    };

    @Test
    void every_pair_has_one_effect() {
        assertThat(TABLE.length).isEqualTo(AppointmentStatus.values().length);
        for (String[] row : TABLE) {
            AppointmentStatus status = AppointmentStatus.valueOf(row[0]);
            for (Word word : Word.values()) {
                String effect = row[1 + word.ordinal()];
                assertThat(ScheduleWordPolicy.effect(status, false, false, word, Moment.BEGUN))
                        .as("%s %s", status, word)
                        .isEqualTo(effect.equals("-") ? Effect.NONE : Effect.valueOf(effect));
            }
        }
    }

    @Test
    void nobody_has_missed_what_has_not_begun_and_no_visit_is_over_before_its_day() {
        assertThat(booked(Word.NO_SHOW, Moment.BEFORE_DAY)).isEqualTo(Effect.NONE);
        assertThat(booked(Word.NO_SHOW, Moment.BEFORE_START)).isEqualTo(Effect.NONE);
        assertThat(booked(Word.FULFILLED, Moment.BEFORE_DAY)).isEqualTo(Effect.NONE);
        assertThat(booked(Word.FULFILLED, Moment.BEFORE_START)).isEqualTo(Effect.COMPLETE);
    }

    @Test
    void the_rest_does_not_depend_on_when_it_is_said() {
        for (AppointmentStatus status : AppointmentStatus.values()) {
            for (Word word : Word.values()) {
                if (word != Word.NO_SHOW && word != Word.FULFILLED) {
                    for (Moment moment : Moment.values()) {
                        assertThat(ScheduleWordPolicy.effect(status, false, false, word, moment))
                                .isEqualTo(ScheduleWordPolicy.effect(status, false, false, word, Moment.BEGUN));
                    }
                }
            }
        }
    }

    @Test
    void what_is_said_already_changes_nothing() {
        assertThat(ScheduleWordPolicy.effect(AppointmentStatus.BOOKED, true, false, Word.BOOKED, Moment.BEFORE_DAY))
                .isEqualTo(Effect.NONE);
        assertThat(ScheduleWordPolicy.effect(AppointmentStatus.REFUSED, false, true, Word.BOOKED, Moment.BEFORE_DAY))
                .isEqualTo(Effect.NONE);
    }

    /** An effect leads to one state, from which the same word leads nowhere else. */
    @Test
    void the_same_word_twice_is_the_same_as_once() {
        Map<Effect, AppointmentStatus> after = Map.of(
                Effect.REFUSE, AppointmentStatus.REFUSED,
                Effect.MISS, AppointmentStatus.MISSED,
                Effect.COMPLETE, AppointmentStatus.COMPLETED);
        for (AppointmentStatus status : AppointmentStatus.values()) {
            for (Word word : Word.values()) {
                Effect effect = ScheduleWordPolicy.effect(status, false, false, word, Moment.BEGUN);
                if (after.containsKey(effect)) {
                    AppointmentStatus then = after.get(effect);
                    Effect again = ScheduleWordPolicy.effect(then, true, false, word, Moment.BEGUN);
                    assertThat(after.getOrDefault(again, then)).isEqualTo(then);
                }
            }
        }
    }

    private static Effect booked(Word word, Moment moment) {
        return ScheduleWordPolicy.effect(AppointmentStatus.BOOKED, false, false, word, moment);
    }

    @Test
    void every_answer_to_an_order_has_one_effect() {
        for (AppointmentStatus status : AppointmentStatus.values()) {
            for (HospitalStatus said : HospitalStatus.values()) {
                for (Outcome outcome : Outcome.values()) {
                    assertThat(HospitalAnswerPolicy.effect(status, said, false, false, outcome))
                            .as("%s %s %s", status, said, outcome)
                            .isEqualTo(answer(status, said, outcome));
                }
            }
        }
    }

    private static HospitalAnswerPolicy.Effect answer(AppointmentStatus status, HospitalStatus said, Outcome outcome) {
        String key = status + " " + outcome;
        return switch (key) {
            case "BOOKED ACCEPTED" ->
                said == HospitalStatus.ACCEPTED ? HospitalAnswerPolicy.Effect.NONE : HospitalAnswerPolicy.Effect.ACCEPT;
            case "BOOKED REFUSED" -> HospitalAnswerPolicy.Effect.REFUSE;
            case "REFUSED ACCEPTED" -> HospitalAnswerPolicy.Effect.WITHDRAW;
            default -> HospitalAnswerPolicy.Effect.NONE;
        };
    }

    @Test
    void every_visit_leads_to_one_state() {
        String[][] table = {
            //             ARRIVED       ADMITTED      DISCHARGED   CANCELLED
            {"BOOKED", "CHECKED_IN", "CHECKED_IN", "COMPLETED", "BOOKED"},
            {"CHECKED_IN", "CHECKED_IN", "CHECKED_IN", "COMPLETED", "BOOKED"},
            {"COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED"},
            {"MISSED", "CHECKED_IN", "CHECKED_IN", "COMPLETED", "MISSED"},
            {"CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED"},
            {"REFUSED", "REFUSED", "REFUSED", "REFUSED", "REFUSED"},
            {"STOPPED", "STOPPED", "STOPPED", "STOPPED", "STOPPED"},
        };
        assertThat(table.length).isEqualTo(AppointmentStatus.values().length);
        for (String[] row : table) {
            for (VisitPolicy.Kind kind : VisitPolicy.Kind.values()) {
                assertThat(VisitPolicy.after(AppointmentStatus.valueOf(row[0]), kind))
                        .isEqualTo(AppointmentStatus.valueOf(row[1 + kind.ordinal()]));
            }
        }
    }
}
