package cn.kangka.sandbox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/security.md: who may call which route of which service. Tests walk it. */
public final class SecurityTable {
    private static final Pattern SERVICE = Pattern.compile("### `([a-z-]+)`.*");
    private static final Pattern ROW = Pattern.compile(
            "\\| `(GET|POST|PUT|PATCH|DELETE) (/[^`]*)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]*)\\|.*");
    private static final String NONE = "–";

    private SecurityTable() {}

    /**
     * One row and one of its roles.
     *
     * @param service whose route it is, such as {@code api}
     * @param path with {@code {…}} for ids
     * @param role who may call it: a role, {@code anybody} (no token needed) or {@code any token}
     * @param level least level of a citizen; 0 where levels do not apply
     * @param scope that a client's token needs; empty for none
     * @param remark what else it takes, in words
     */
    public record Route(
            String service, String method, String path, String role, int level, String scope, String remark) {
        public String name() {
            return method + " " + path;
        }

        /** No token is needed. */
        public boolean open() {
            return role.equals("anybody");
        }

        public boolean forAnyToken() {
            return role.equals("any token");
        }
    }

    /** A service's rows, in order; one for each role that a row names. */
    public static List<Route> of(Path document, String service) {
        List<Route> routes = new ArrayList<>();
        String section = "";
        for (String line : lines(document)) {
            Matcher heading = SERVICE.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
            } else if (section.equals(service) && row.matches()) {
                for (String role : row.group(3).strip().split(", ")) {
                    routes.add(route(service, row, role));
                }
            }
        }
        if (routes.isEmpty()) {
            throw new AssertionError(document + " says nothing about " + service);
        }
        return routes;
    }

    private static Route route(String service, Matcher row, String role) {
        String level = row.group(4).strip();
        String scope = row.group(5).strip().replace("`", "");
        return new Route(
                service,
                row.group(1),
                row.group(2).replaceAll("\\?.*", ""),
                role,
                level.equals(NONE) ? 0 : Integer.parseInt(level),
                scope.equals(NONE) ? "" : scope,
                row.group(6).strip());
    }

    private static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
