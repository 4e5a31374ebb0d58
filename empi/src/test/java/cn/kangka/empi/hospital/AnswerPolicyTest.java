package cn.kangka.empi.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hospital.AnswerPolicy.Verdict;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.hl7.Answers;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnswerPolicyTest {
    private static final String MESSAGE = "MSH|^~\\&|KANGKA|KANGKA|HIS|K001|20261123||ADT^A31^ADT_A05|C1|P|2.5.1\r";

    private static HospitalAnswer answer(String code) {
        return HospitalAnswer.to("C1", Answers.acknowledge(MESSAGE, code, code.equals("AA") ? null : "床位已满"))
                .orElseThrow();
    }

    @Test
    void an_error_is_tried_again_a_few_times_and_then_parked() {
        assertThat(AnswerPolicy.verdict(answer("AE"), false, 0, 4)).isEqualTo(Verdict.AGAIN);
        assertThat(AnswerPolicy.verdict(answer("AE"), false, 2, 4)).isEqualTo(Verdict.AGAIN);
        assertThat(AnswerPolicy.verdict(answer("AE"), false, 3, 4)).isEqualTo(Verdict.PARK);
    }

    @Test
    void a_reject_is_parked_at_once_and_a_busy_receiver_is_asked_again() {
        assertThat(AnswerPolicy.verdict(answer("AR"), false, 0, 4)).isEqualTo(Verdict.PARK);
        assertThat(AnswerPolicy.verdict(answer("CE"), true, 9, 4)).isEqualTo(Verdict.AGAIN);
        assertThat(AnswerPolicy.verdict(answer("AA"), false, 9, 4)).isEqualTo(Verdict.TAKEN);
    }

    @Test
    void a_refused_question_is_answered() {
        assertThat(AnswerPolicy.verdict(answer("AE"), true, 0, 4)).isEqualTo(Verdict.DECLINED);
        assertThat(AnswerPolicy.verdict(answer("AR"), true, 0, 4)).isEqualTo(Verdict.DECLINED);
    }

    @Test
    void an_answer_to_another_message_or_without_msa_is_none() {
        assertThat(HospitalAnswer.to("C2", Answers.acknowledge(MESSAGE, "AA", null)))
                .isEmpty();
        assertThat(HospitalAnswer.to("C1", MESSAGE)).isEmpty();
        assertThat(HospitalAnswer.to("C1", "garbage")).isEmpty();
        assertThat(answer("AE").text()).isEqualTo("床位已满");
    }

    @Test
    void control_ids_are_stable_distinct_and_fit_into_twenty_characters() {
        UUID id = Ids.next();
        assertThat(ControlId.of(id)).isEqualTo(ControlId.of(id)).hasSize(20).matches("[0-9A-V]{20}");
        Set<String> many = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(ControlId.of(Ids.next()));
        }
        assertThat(many).hasSize(10_000);
    }
}
