package cn.kangka.sandbox.dicomweb;

import cn.kangka.sandbox.population.Registration;
import java.time.LocalDate;

/** One CT of a head: one series of a few slices. UIDs are below 2.999, the arc for examples. */
record Study(Registration patient, LocalDate date) {
    static final int SLICES = 5;
    private static final String ARC = "2.999.156.330100.9.";

    String uid() {
        return ARC + patient.written().index() + ".1";
    }

    String seriesUid() {
        return uid() + ".1";
    }

    /** @param slice from 1 to {@link #SLICES} */
    String instanceUid(int slice) {
        return seriesUid() + "." + slice;
    }

    /** The slice with that UID; 0 when it is none of this study. */
    int slice(String instanceUid) {
        for (int slice = 1; slice <= SLICES; slice++) {
            if (instanceUid(slice).equals(instanceUid)) {
                return slice;
            }
        }
        return 0;
    }
}
