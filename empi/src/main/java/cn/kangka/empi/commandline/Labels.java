package cn.kangka.empi.commandline;

import java.util.List;
import java.util.Map;

/**
 * The label of each record that has one; records of one label are one human.
 *
 * @param byFile labels by id, for each input file or for all in one
 */
record Labels(List<Map<String, String>> byFile) {
    Labels {
        byFile = List.copyOf(byFile);
    }

    /**
     * @param file 0 or 1
     * @return null when it has none
     */
    String of(int file, String id) {
        return byFile.get(Math.min(file, byFile.size() - 1)).get(id);
    }

    /** Whether two records have a label and share it. */
    boolean agree(int oneFile, String one, int otherFile, String other) {
        String label = of(oneFile, one);
        return label != null && label.equals(of(otherFile, other));
    }
}
