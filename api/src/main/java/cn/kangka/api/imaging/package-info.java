/**
 * Images: the studies that hospitals' picture archives hold of a person, and their pictures, streamed through.
 *
 * <p>Holds here: a study belongs to a hospital's identity; what an archive answers counts only when it names the patient
 * that was asked for; ownership is checked for every picture; a silent archive costs its own studies only, and the
 * answer says so; a picture is never held in memory as a whole.
 */
package cn.kangka.api.imaging;
