package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What one of many who act at once was answered.
 *
 * @param booking which it was about
 * @param what the act
 * @param id of what was made; null for nothing
 */
record Said(String booking, String what, int status, String problem, String id) {
    private static final int THREADS = 12;

    static Said of(String booking, String what, Response answer) {
        String type = answer.statusCode() < 400 ? "" : answer.jsonPath().getString("type");
        String id = answer.statusCode() == 201 ? answer.path("id") : null;
        return new Said(booking, what, answer.statusCode(), type.replaceAll(".*/problems/", ""), id);
    }

    /** All at once, in any order; nobody is answered that something broke. */
    static List<Said> all(List<Callable<Said>> acts, Random random) throws Exception {
        Collections.shuffle(acts, random);
        ExecutorService many = Executors.newFixedThreadPool(THREADS);
        try {
            List<Said> said = new ArrayList<>();
            for (Future<Said> each : many.invokeAll(acts)) {
                said.add(each.get());
            }
            assertThat(said).allSatisfy(each -> assertThat(each.status()).isLessThan(500));
            return said;
        } finally {
            many.shutdownNow();
        }
    }

    static List<Said> in(List<Said> said, String booking, String what, int status) {
        return said.stream()
                .filter(each -> each.booking().equals(booking) && each.what().equals(what) && each.status() == status)
                .toList();
    }
}
