package cn.kangka.api.imaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of images. */
@ConfigMapping(prefix = "kangka.imaging")
public interface ImagingConfig {
    /** The account level that it takes to see one's images; 2 is real name. */
    @WithDefault("2")
    int level();

    /** How long an archive's list of studies is used before it is asked again. */
    @WithDefault("60s")
    Duration cacheFor();

    /** How often the index is asked which hospitals there are. */
    @WithDefault("5m")
    String hospitalsEvery();

    /** How long an archive may take for an answer, or for the first byte of a picture. */
    @WithDefault("4s")
    Duration timeout();

    /** Within how many calls of one archive half must fail before it is left alone for a while. */
    @WithDefault("8")
    int breakerCalls();

    /** How long a failing archive is left alone. */
    @WithDefault("10s")
    Duration breakerPause();

    /** How many connections one archive gets; as many again may wait, times eight. */
    @WithDefault("8")
    int connections();

    /** The largest picture that is passed on, in bytes. */
    @WithDefault("20971520")
    long largestPicture();

    /** The largest list of studies or images that is read, in bytes. */
    @WithDefault("8388608")
    int largestList();

    /** How many studies of one patient are asked for. */
    @WithDefault("200")
    int mostStudies();

    /** Longest edge of a thumbnail in pixels; an archive may ignore it. */
    @WithDefault("160")
    int thumbnail();
}
