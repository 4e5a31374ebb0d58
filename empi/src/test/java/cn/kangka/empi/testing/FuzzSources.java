package cn.kangka.empi.testing;

import cn.kangka.empi.hospital.HospitalConfig;
import cn.kangka.empi.hospital.Sources;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;

/** The tests' sources without a started service. */
public final class FuzzSources {
    private FuzzSources() {}

    public static Sources all() {
        return new Sources(configuration(), new ObjectMapper());
    }

    public static HospitalConfig configuration() {
        return new HospitalConfig() {
            @Override
            public Optional<Path> sourcesFile() {
                return Optional.of(Path.of("src/test/resources/sources.json"));
            }

            @Override
            public Optional<String> pid19Authority() {
                return Optional.empty();
            }
        };
    }
}
