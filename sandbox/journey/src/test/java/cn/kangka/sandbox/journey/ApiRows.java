package cn.kangka.sandbox.journey;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Changes rows of the region that only time would change. */
final class ApiRows {
    private ApiRows() {}

    /** @return how many rows were changed */
    static int update(String sql, Object... parameters) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, "api", "api");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
