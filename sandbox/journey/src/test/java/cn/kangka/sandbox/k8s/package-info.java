/** The manifests of k8s/ against Kubernetes' own model and the services' declared configuration. */
package cn.kangka.sandbox.k8s;
