package cn.kangka.empi.load;

import cn.kangka.empi.linking.Outcome.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A load, as far as it has come.
 *
 * @param toldAt when the institution wrote the file
 * @param batch rows in one transaction
 * @param rows that are done, from the first
 * @param reportBytes how long the report is as far as the rows are done
 * @param counts rows by outcome
 */
public record LoadRun(
        UUID id, String source, Instant toldAt, int batch, long rows, long reportBytes, Map<Kind, Long> counts) {
    LoadRun after(long moreRows, long nowReportBytes, Map<Kind, Long> nowCounts) {
        return new LoadRun(id, source, toldAt, batch, rows + moreRows, nowReportBytes, nowCounts);
    }
}
