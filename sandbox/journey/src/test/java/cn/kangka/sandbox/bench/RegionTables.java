package cn.kangka.sandbox.bench;

import cn.kangka.sandbox.launch.Ports;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of a started region, as the owner of a schema: to prepare a load and to count what became of it. */
final class RegionTables {
    private final Ports ports;

    RegionTables(Ports ports) {
        this.ports = ports;
    }

    int count(String owner, String table) throws SQLException {
        return Integer.parseInt(query(owner, "select count(*) from " + table).get(0));
    }

    /** The first column of each row. */
    List<String> query(String owner, String sql) throws SQLException {
        try (Connection connection = connect(owner);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    void execute(String owner, String sql) throws SQLException {
        try (Connection connection = connect(owner);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String owner) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + ports.postgres() + "/kangka", owner, owner);
    }
}
