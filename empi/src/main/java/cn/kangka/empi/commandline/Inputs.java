package cn.kangka.empi.commandline;

import cn.kangka.empi.matching.model.LinkageModel;
import cn.kangka.empi.matching.model.ModelReader;
import cn.kangka.empi.matching.record.RecordSet;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options by which every command finds its model and records. */
final class Inputs {
    @Option(names = "--model", required = true, paramLabel = "m.yaml", description = "The model.")
    Path model;

    @Option(
            names = "--in",
            required = true,
            arity = "1",
            paramLabel = "a.csv",
            description = "One file: duplicates within it. Given twice: links between the two.")
    List<Path> files;

    @Option(
            names = "--encoding",
            defaultValue = "UTF-8",
            paramLabel = "NAME",
            description = "Of the input, such as UTF-8 (default) or GB18030.")
    Charset encoding = StandardCharsets.UTF_8;

    LinkageModel readModel() throws IOException {
        try {
            return ModelReader.read(Files.readString(model));
        } catch (cn.kangka.empi.matching.model.ModelException e) {
            throw new ToolException(model + ", " + e.getMessage());
        }
    }

    /** Reads all records, each once; ids must differ within a file. */
    RecordSet readRecords(LinkageModel model) {
        if (files.size() > 2) {
            throw new ToolException("--in is given once or twice, not " + files.size() + " times");
        }
        List<String> columns = Stream.concat(
                        Stream.of(model.idColumn(), model.sources().column()),
                        model.fields().stream()
                                .flatMap(field -> Stream.concat(
                                        field.columns().stream(), Stream.ofNullable(field.newbornColumn()))))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        RecordSet.Builder records = new RecordSet.Builder(model);
        for (int source = 0; source < files.size(); source++) {
            read(new CsvFile(files.get(source), encoding), source, model.idColumn(), columns, records);
        }
        return records.build();
    }

    private static void read(
            CsvFile file, int source, String idColumn, List<String> columns, RecordSet.Builder records) {
        Set<String> seen = new HashSet<>();
        file.forEach(columns, row -> {
            String id = row.get(idColumn);
            if (id.isEmpty()) {
                throw new ToolException(file.path() + ", record " + row.getRecordNumber() + ": no " + idColumn);
            }
            if (!seen.add(id)) {
                throw new ToolException(file.path() + ", record " + row.getRecordNumber() + ": the " + idColumn + " "
                        + id + " stands there twice");
            }
            records.add(source, id, row::get);
        });
    }
}
