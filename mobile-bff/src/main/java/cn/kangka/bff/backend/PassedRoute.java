package cn.kangka.bff.backend;

import java.util.List;

/**
 * One line of the allow-list.
 *
 * @param methods HTTP methods that pass
 * @param path a path in the router's notation: {@code :id} is one segment, a final {@code /*} is anything below
 * @param target whose it is
 * @param stream whether the answer stays open (server-sent events), so that only silence ends it
 */
record PassedRoute(List<String> methods, String path, Target target, boolean stream) {

    static PassedRoute read(Target target, String path) {
        return new PassedRoute(List.of("GET"), path, target, false);
    }

    static PassedRoute write(Target target, String path) {
        return new PassedRoute(List.of("POST"), path, target, false);
    }

    static PassedRoute all(Target target, String path) {
        return new PassedRoute(List.of("GET", "POST", "PUT", "PATCH", "DELETE"), path, target, false);
    }

    static PassedRoute events(Target target, String path) {
        return new PassedRoute(List.of("GET"), path, target, true);
    }
}
