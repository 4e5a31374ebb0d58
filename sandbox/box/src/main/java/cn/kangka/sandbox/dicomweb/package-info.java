/**
 * The sandbox' picture archive: DICOMweb (PS3.18) over generated phantoms, one CT study for every fifth adult, at the
 * hospital where the adult was registered first.
 */
package cn.kangka.sandbox.dicomweb;
